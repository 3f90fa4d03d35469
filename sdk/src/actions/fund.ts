import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, write } from '../contract/calls.ts'
import { withApproval } from '../contract/withApproval.ts'
import type { Approval } from '../contract/withApproval.ts'
import type { TopicId } from '../words/topic.ts'

export type FundParams = { topic: TopicId; amount: bigint }

/**
 * Pays `amount` (token base units) into a topic's pool, from which rounds are rewarded. Approves first if needed.
 * @throws AuspexError UnknownTopic, ZeroAmount, TooMuchHeld, WrongTransfer, or the token's own
 *
 * @example
 * ```ts
 * import { fund } from '@auspex/sdk'
 * import { parseEther } from 'viem'
 *
 * await fund(auspex, { topic, amount: parseEther('1000') })
 * ```
 */
export async function fund(
  client: AuspexClient,
  { approval = 'exact', ...params }: FundParams & { approval?: Approval },
): Promise<{ receipt: TransactionReceipt }> {
  const call = { to: client.network, data: encodeFund(params) }
  const { amount } = params
  return { receipt: await withApproval(client, { amount, approval }, () => write(client, call)) }
}

export function encodeFund({ topic, amount }: FundParams): Hex {
  return encodeCall('fund', [topic, amount])
}
