import type { ContractFunctionArgs, ContractFunctionName, ContractFunctionReturnType } from 'viem'
import { topicNetworkAbi } from '../abis/topicNetworkAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { explain } from './errors.ts'
import { onchain } from './encode.ts'
import type { Onchain } from './encode.ts'

type Abi = typeof topicNetworkAbi
type Reading = 'view' | 'pure'
type ReadName = ContractFunctionName<Abi, Reading>
type ReadArgs<name extends ReadName> = ContractFunctionArgs<Abi, Reading, name>

/** Reads from the network contract, numbers as bigints, refusals in words. */
export async function readNetwork<const name extends ReadName>(
  client: AuspexClient,
  functionName: name,
  args: Onchain<ReadArgs<name>>,
): Promise<Onchain<ContractFunctionReturnType<Abi, Reading, name>>> {
  const call = { address: client.network, abi: topicNetworkAbi, functionName, args }
  const result = await client.public.readContract(call as never).catch((error) => {
    throw explain(error)
  })
  return onchain(result) as Onchain<ContractFunctionReturnType<Abi, Reading, name>>
}
