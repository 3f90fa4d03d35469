import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { toldIn } from '../events.ts'
import { write } from '../write.ts'

/**
 * Pays out the caller's keeper tips, `amount` in token base units.
 * @throws AuspexError NothingToClaim
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
