import { zeroAddress } from 'viem'
import type { Address, Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, write } from '../contract/calls.ts'
import { requireEvent } from '../contract/logs.ts'
import type { WorkerKey } from '../words/position.ts'

export type TakeSeatParams = WorkerKey & { seat: bigint }

/**
 * Takes a seat for a worker: a free one (see getFreeSeat), or that of an occupant whose rank it beats by 10 %. Only the
 * position's owner may. The seat counts from round `from` on.
 * @throws AuspexError UnknownTopic, NotOwner, BelowMinStake, AlreadySeated, UnknownSeat, RankTooLow
 *
 * @example
 * ```ts
 * import { getFreeSeat, takeSeat } from '@auspex/sdk'
 *
 * const seat = await getFreeSeat(auspex, { topic })
 * if (seat !== undefined) await takeSeat(auspex, { topic, worker, seat })
 * ```
 */
export async function takeSeat(
  client: AuspexClient,
  params: TakeSeatParams,
): Promise<{ from: bigint; displaced: Address | undefined; receipt: TransactionReceipt }> {
  const receipt = await write(client, { to: client.network, data: encodeTakeSeat(params) })
  const { from, displaced } = requireEvent(client, receipt, 'SeatTaken')
  return { from, displaced: displaced === zeroAddress ? undefined : displaced, receipt }
}

export function encodeTakeSeat({ topic, worker, seat }: TakeSeatParams): Hex {
  return encodeCall('takeSeat', [topic, worker, seat])
}
