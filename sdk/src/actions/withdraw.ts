import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../contract/encode.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { toldIn } from '../contract/events.ts'
import type { WorkerKey } from '../words/position.ts'
import { write } from '../contract/write.ts'

/**
 * Pays out what was asked back, `amount` in token base units. Only the position's owner may.
 * @throws AuspexError UnknownTopic, NotOwner, NothingLeaving, NotActive, RoundsOpen
 *
 * @example
 * ```ts
 * import { withdraw } from '@auspex/sdk'
 *
 * const { amount } = await withdraw(auspex, { topic, worker })
 * ```
 */
export async function withdraw(
  client: AuspexClient,
  key: WorkerKey,
): Promise<{ amount: bigint; receipt: TransactionReceipt }> {
  const receipt = await write(client, { to: client.network, data: encodeWithdraw(key) })
  return { amount: toldIn(client, receipt, 'Withdrawn').amount, receipt }
}

export function encodeWithdraw({ topic, worker }: WorkerKey): Hex {
  return encodeCall('withdraw', [topic, worker])
}
