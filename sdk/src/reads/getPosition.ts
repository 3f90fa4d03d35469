import { decodeFunctionResult, encodeFunctionData } from 'viem'
import type { Address, ContractFunctionReturnType } from 'viem'
import { encodeMulticall } from '../calls.ts'
import { topicNetworkAbi } from '../abis/topicNetworkAbi.ts'
import type { AuspexClient } from '../client.ts'
import { explain } from '../errors.ts'
import { unpack, unpackSigned } from '../maths/float.ts'
import { onchain } from '../onchain.ts'
import type { Onchain } from '../onchain.ts'
import { readNetwork } from '../readNetwork.ts'
import { unpackTenure } from '../tenure.ts'
import type { Position, TopicId } from '../types.ts'

type Kept = ContractFunctionReturnType<typeof topicNetworkAbi, 'view', 'positionOf'>

const reading = { abi: topicNetworkAbi, functionName: 'positionOf' } as const

/** A worker's stake and skill in a topic; all zeros where it has none. */
export async function getPosition(
  client: AuspexClient,
  { topic, worker }: { topic: TopicId; worker: Address },
): Promise<Position> {
  return unpacked(await readNetwork(client, 'positionOf', [topic, worker]))
}

/** Those of several workers, in their order, by one call. */
export async function getPositions(
  client: AuspexClient,
  { topic, workers }: { topic: TopicId; workers: readonly Address[] },
): Promise<Position[]> {
  const calls = workers.map((worker) => encodeFunctionData({ ...reading, args: [topic, worker] }))
  const call = { to: client.network, data: encodeMulticall({ calls }) }
  const { data = '0x' } = await client.public.call(call).catch((error) => {
    throw explain(error)
  })
  const results = decodeFunctionResult({ abi: topicNetworkAbi, functionName: 'multicall', data })
  return results.map((each) => unpacked(onchain(decodeFunctionResult({ ...reading, data: each }))))
}

function unpacked({ tenure, ...kept }: Onchain<Kept>): Position {
  return {
    ...kept,
    regret: unpackSigned(kept.regret),
    energy: unpack(kept.energy),
    ...unpackTenure(tenure),
  }
}
