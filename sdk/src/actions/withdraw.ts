import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { toldIn } from '../events.ts'
import type { WorkerKey } from '../types.ts'
import { write } from '../write.ts'

/**
 * Pays out what was asked back, `amount` in token base units. Only the position's owner may.
 * @throws AuspexError UnknownTopic, NotOwner, NothingLeaving, NotActive, RoundsOpen
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
