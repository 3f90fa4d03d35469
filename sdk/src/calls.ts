import { encodeFunctionData } from 'viem'
import type { ContractFunctionArgs, ContractFunctionName, Hex } from 'viem'
import { topicNetworkAbi } from './abis/topicNetworkAbi.ts'
import type { Onchain } from './onchain.ts'

type Abi = typeof topicNetworkAbi
type Mutating = 'nonpayable' | 'payable'
export type WriteName = ContractFunctionName<Abi, Mutating>

/** The calldata of a call to the network, numbers given as bigints. */
export function encodeCall<const name extends WriteName>(
  functionName: name,
  args: Onchain<ContractFunctionArgs<Abi, Mutating, name>>,
): Hex {
  // The encoder takes bigints for small numbers as well; only its types insist on plain ones.
  return encodeFunctionData({ abi: topicNetworkAbi, functionName, args } as never)
}

/** Several calls as one: all of them or none. */
export function encodeMulticall({ calls }: { calls: readonly Hex[] }): Hex {
  return encodeCall('multicall', [calls])
}

/** A call, and what has to go before it in the same transaction. */
export function following(before: readonly Hex[], call: Hex): Hex {
  return before.length === 0 ? call : encodeMulticall({ calls: [...before, call] })
}
