/*
 * What anyone does about the assertions of an OptimisticArbiter (`arbiter`, see getDisputeTerms) at its oracle: dispute one that
 * is wrong, and settle one that is over.
 */
import type { Address, TransactionReceipt } from 'viem'
import { optimisticOracleAbi } from '../abis/optimisticOracleAbi.ts'
import { accountOf } from '../client/createAuspex.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { sendTo } from '../contract/calls.ts'
import { withApproval } from '../contract/withApproval.ts'
import type { Approval } from '../contract/withApproval.ts'
import { requireAssertion } from '../reads/assertions.ts'

type CaseOf = { arbiter: Address; id: bigint }

/**
 * Disputes a case's assertion, with the same bond, approved to the oracle first if needed. The bond is lost where the oracle's
 * voters find the assertion true; else it comes back with a part of the asserter's.
 * @param disputer who gets the bonds; the client's account if omitted
 * @throws AuspexError UnknownCase, or Error in the oracle’s words where it is disputed already, or its liveness is over
 *
 * @example
 * ```ts
 * import { disputeAssertion } from '@auspex/sdk'
 *
 * await disputeAssertion(auspex, { arbiter, id })
 * ```
 */
export async function disputeAssertion(
  client: AuspexClient,
  {
    arbiter,
    id,
    disputer = accountOf(client),
    approval = 'exact',
  }: CaseOf & { disputer?: Address; approval?: Approval },
): Promise<{ receipt: TransactionReceipt }> {
  const assertion = await requireAssertion(client, { arbiter, id })
  const { oracle, token, bond, assertionId } = assertion
  const allowed = { amount: bond, approval, spender: oracle, token }
  const target = { abi: optimisticOracleAbi, address: oracle }
  const receipt = await withApproval(client, allowed, () =>
    sendTo(client, target, 'disputeAssertion', [assertionId, disputer]),
  )
  return { receipt }
}

/**
 * Settles a case's assertion at the oracle, which pays out its bonds. A disputed one must be settled within the arbiter's
 * duration, or the case ends without a ruling. Anyone may, once.
 * @throws AuspexError UnknownCase, or Error in the oracle’s words where it is too early, or settled already
 *
 * @example
 * ```ts
 * import { settleAssertion } from '@auspex/sdk'
 *
 * await settleAssertion(auspex, { arbiter, id })
 * ```
 */
export async function settleAssertion(
  client: AuspexClient,
  { arbiter, id }: CaseOf,
): Promise<{ receipt: TransactionReceipt }> {
  const { oracle, assertionId } = await requireAssertion(client, { arbiter, id })
  const target = { abi: optimisticOracleAbi, address: oracle }
  return { receipt: await sendTo(client, target, 'settleAssertion', [assertionId]) }
}
