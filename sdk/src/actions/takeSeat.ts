import { zeroAddress } from 'viem'
import type { Address, Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { toldIn } from '../events.ts'
import type { WorkerKey } from '../types.ts'
import { write } from '../write.ts'

export type TakeSeatParams = WorkerKey & { seat: bigint }

/**
 * Takes a seat for a worker: a free one (see getFreeSeat), or that of an occupant whose rank it beats by 10 %. Only the
 * position's owner may. The seat counts from round `from` on.
 * @throws AuspexError UnknownTopic, NotOwner, BelowMinStake, AlreadySeated, UnknownSeat, RankTooLow
 */
export async function takeSeat(
  client: AuspexClient,
  params: TakeSeatParams,
): Promise<{ from: bigint; displaced: Address | undefined; receipt: TransactionReceipt }> {
  const receipt = await write(client, { to: client.network, data: encodeTakeSeat(params) })
  const { from, displaced } = toldIn(client, receipt, 'SeatTaken')
  return { from, displaced: displaced === zeroAddress ? undefined : displaced, receipt }
}

export function encodeTakeSeat({ topic, worker, seat }: TakeSeatParams): Hex {
  return encodeCall('takeSeat', [topic, worker, seat])
}
