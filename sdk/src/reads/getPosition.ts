import { decodeFunctionResult, encodeFunctionData, zeroAddress } from 'viem'
import type { Address, ContractFunctionReturnType } from 'viem'
import { topicNetworkAbi } from '../abis/topicNetworkAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeMulticall, onchain, readNetwork } from '../contract/calls.ts'
import type { Onchain } from '../contract/calls.ts'
import { explain } from '../contract/errors.ts'
import { unpack, unpackSigned } from '../maths/float.ts'
import type { Position } from '../words/position.ts'
import type { TopicId } from '../words/topic.ts'
import { getTopic, unpackTenure } from './getTopic.ts'

type Kept = ContractFunctionReturnType<typeof topicNetworkAbi, 'view', 'positionOf'>

const reading = { abi: topicNetworkAbi, functionName: 'positionOf' } as const

/**
 * A worker's stake and skill in a topic; all zeros if it has none.
 *
 * @example
 * ```ts
 * import { getPosition } from '@auspex/sdk'
 *
 * const { stake, seat } = await getPosition(auspex, { topic, worker })
 * ```
 */
export async function getPosition(
  client: AuspexClient,
  { topic, worker }: { topic: TopicId; worker: Address },
): Promise<Position> {
  return unpacked(await readNetwork(client, 'positionOf', [topic, worker]))
}

/**
 * Those of several workers, in their order, by one call.
 *
 * @example
 * ```ts
 * import { getPositions } from '@auspex/sdk'
 *
 * const positions = await getPositions(auspex, { topic, workers: [worker, signer] })
 * ```
 */
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

/**
 * The worker in a seat; undefined if it is free.
 *
 * @example
 * ```ts
 * import { getSeat } from '@auspex/sdk'
 *
 * const occupant = await getSeat(auspex, { topic, seat: 3n })
 * ```
 */
export async function getSeat(
  client: AuspexClient,
  { topic, seat }: { topic: TopicId; seat: bigint },
): Promise<Address | undefined> {
  const occupant = await readNetwork(client, 'seatOf', [topic, seat])
  return occupant === zeroAddress ? undefined : occupant
}

/**
 * The first free seat of a topic; undefined where all are taken.
 * @throws AuspexError UnknownTopic
 *
 * @example
 * ```ts
 * import { getFreeSeat } from '@auspex/sdk'
 *
 * const seat = await getFreeSeat(auspex, { topic })
 * ```
 */
export async function getFreeSeat(
  client: AuspexClient,
  { topic }: { topic: TopicId },
): Promise<bigint | undefined> {
  const { lastSeat } = await getTopic(client, { topic })
  for (let seat = 0n; seat <= lastSeat; seat++) {
    if ((await getSeat(client, { topic, seat })) === undefined) return seat
  }
  return undefined
}

/**
 * A worker's rank, by which seats are won and lost; an occupant loses its seat to 10 % more.
 *
 * @example
 * ```ts
 * import { getRank } from '@auspex/sdk'
 *
 * const rank = await getRank(auspex, { topic, worker })
 * ```
 */
export async function getRank(
  client: AuspexClient,
  { topic, worker }: { topic: TopicId; worker: Address },
): Promise<bigint> {
  return readNetwork(client, 'rankOf', [topic, worker])
}
