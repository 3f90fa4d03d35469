import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, write } from '../contract/calls.ts'
import { requireEvent } from '../contract/logs.ts'

/**
 * Pays out the caller's keeper tips and bounties; `amount` in token base units.
 * @throws AuspexError NothingToClaim
 *
 * @example
 * ```ts
 * import { claim } from '@auspex/sdk'
 *
 * const { amount } = await claim(auspex)
 * ```
 */
export async function claim(
  client: AuspexClient,
): Promise<{ amount: bigint; receipt: TransactionReceipt }> {
  const receipt = await write(client, { to: client.network, data: encodeClaim() })
  return { amount: requireEvent(client, receipt, 'Claimed').amount, receipt }
}

export function encodeClaim(): Hex {
  return encodeCall('claim', [])
}
