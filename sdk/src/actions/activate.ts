import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { eventIn } from '../events.ts'
import type { WorkerKey } from '../types.ts'
import { write } from '../write.ts'

/**
 * Turns a worker's deposit whose delay has passed into stake; zero where somebody did it before. Anyone may.
 * @throws AuspexError NothingPending, NotActive
 */
export async function activate(
  client: AuspexClient,
  key: WorkerKey,
): Promise<{ amount: bigint; receipt: TransactionReceipt }> {
  const receipt = await write(client, { to: client.network, data: encodeActivate(key) })
  return { amount: eventIn(client, receipt, 'Activated')?.amount ?? 0n, receipt }
}

export function encodeActivate({ topic, worker }: WorkerKey): Hex {
  return encodeCall('activate', [topic, worker])
}
