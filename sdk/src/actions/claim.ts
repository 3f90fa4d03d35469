import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../contract/encode.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { toldIn } from '../contract/events.ts'
import { write } from '../contract/write.ts'

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
  return { amount: toldIn(client, receipt, 'Claimed').amount, receipt }
}

export function encodeClaim(): Hex {
  return encodeCall('claim', [])
}
