import type { Hex, TransactionReceipt } from 'viem'
import { approveIfNeeded } from '../approveIfNeeded.ts'
import type { Approval } from '../approveIfNeeded.ts'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import type { TopicId } from '../types.ts'
import { write } from '../write.ts'

export type FundParams = { topic: TopicId; amount: bigint }

/**
 * Pays `amount` (token base units) into a topic's pool, from which rounds are rewarded. Approves first if needed.
 * @throws AuspexError UnknownTopic, ZeroAmount, TooMuchHeld, WrongTransfer, or the token's own
 */
export async function fund(
  client: AuspexClient,
  { approval = 'exact', ...params }: FundParams & { approval?: Approval },
): Promise<{ receipt: TransactionReceipt }> {
  await approveIfNeeded(client, { amount: params.amount, approval })
  return { receipt: await write(client, { to: client.network, data: encodeFund(params) }) }
}

export function encodeFund({ topic, amount }: FundParams): Hex {
  return encodeCall('fund', [topic, amount])
}
