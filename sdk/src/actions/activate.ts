import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, write } from '../contract/calls.ts'
import { eventIn } from '../contract/logs.ts'
import type { WorkerKey } from '../words/position.ts'

/**
 * Turns a worker's deposit whose delay has passed into stake; zero if somebody did it before. Anyone may.
 * @throws AuspexError NothingPending, NotActive
 *
 * @example
 * ```ts
 * import { activate } from '@auspex/sdk'
 *
 * const { amount } = await activate(auspex, { topic, worker })
 * ```
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
