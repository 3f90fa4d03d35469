import type { Address, Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, write } from '../contract/calls.ts'
import { requireEvent } from '../contract/logs.ts'
import { withApproval } from '../contract/withApproval.ts'
import type { Approval } from '../contract/withApproval.ts'
import type { TopicId } from '../words/topic.ts'
import { NO_CONSENT } from '../maths/commitments.ts'
import type { Consent } from '../maths/commitments.ts'

export type DepositParams = {
  topic: TopicId
  /** Token base units. */
  amount: bigint
  /** The signer that will predict; the caller itself if omitted. */
  worker?: Address
  /** That signer's agreement (see signConsent); needed for its first deposit by somebody else. */
  consent?: Consent
}

/**
 * Puts money behind a worker's predictions; the first deposit makes the caller the position's owner. Approves first if
 * needed. The money counts after `activate`, from `activeAt` (unix time) on.
 * @throws AuspexError UnknownTopic, ZeroAmount, NotOwner, NoConsent, ConsentEnded, BelowMinStake, TooMuchHeld, or the token's own
 *
 * @example
 * ```ts
 * import { deposit } from '@auspex/sdk'
 * import { parseEther } from 'viem'
 *
 * const { activeAt } = await deposit(auspex, { topic, amount: parseEther('1000') })
 * // For a signer other than the caller, with its agreement (see signConsent):
 * await deposit(auspex, { topic, worker, consent, amount: parseEther('1000') })
 * ```
 */
export async function deposit(
  client: AuspexClient,
  { approval = 'exact', ...params }: DepositParams & { approval?: Approval },
): Promise<{ activeAt: bigint; receipt: TransactionReceipt }> {
  const call = { to: client.network, data: encodeDeposit(params) }
  const { amount } = params
  const receipt = await withApproval(client, { amount, approval }, () => write(client, call))
  return { activeAt: requireEvent(client, receipt, 'Deposited').activeAt, receipt }
}

export function encodeDeposit({ topic, amount, worker, consent = NO_CONSENT }: DepositParams): Hex {
  if (worker === undefined) return encodeCall('deposit', [topic, amount])
  return encodeCall('depositFor', [topic, worker, amount, consent])
}
