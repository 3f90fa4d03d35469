import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, write } from '../contract/calls.ts'
import { requireEvent } from '../contract/logs.ts'
import type { WorkerKey } from '../words/position.ts'

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
  return { amount: requireEvent(client, receipt, 'Withdrawn').amount, receipt }
}

export function encodeWithdraw({ topic, worker }: WorkerKey): Hex {
  return encodeCall('withdraw', [topic, worker])
}
