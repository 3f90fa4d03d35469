import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, write } from '../contract/calls.ts'
import type { WorkerKey } from '../words/position.ts'

/**
 * Stops a signer at once. Only the position's owner may; `rotate` gives the position a new one.
 * @throws AuspexError NotOwner
 *
 * @example
 * ```ts
 * import { revoke } from '@auspex/sdk'
 *
 * await revoke(auspex, { topic, worker })
 * ```
 */
export async function revoke(
  client: AuspexClient,
  key: WorkerKey,
): Promise<{ receipt: TransactionReceipt }> {
  return { receipt: await write(client, { to: client.network, data: encodeRevoke(key) }) }
}

export function encodeRevoke({ topic, worker }: WorkerKey): Hex {
  return encodeCall('revoke', [topic, worker])
}
