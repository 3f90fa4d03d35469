/*
 * Challenges of a ChallengedTruth (`source`), and what jurors do at its StakeArbiter (`arbiter`, see getDisputeTerms): register,
 * commit, reveal, close, unregister, withdraw, claim. Seats and reports of a ChallengedTruth are those of a ReputerTruth.
 */
import type { Address, Hex, TransactionReceipt } from 'viem'
import { challengedTruthAbi } from '../abis/challengedTruthAbi.ts'
import { stakeArbiterAbi } from '../abis/stakeArbiterAbi.ts'
import { accountOf } from '../client/createAuspex.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { readFrom, sendTo } from '../contract/calls.ts'
import { refusal } from '../contract/errors.ts'
import { requireEventFrom } from '../contract/logs.ts'
import { withApproval } from '../contract/withApproval.ts'
import type { Approval } from '../contract/withApproval.ts'
import { disputeStatuses, getDisputeTerms, getVoteSeat, rulings } from '../reads/disputes.ts'
import type { DisputeStatus, Ruling } from '../reads/disputes.ts'
import type { RoundKey } from '../words/round.ts'

type Source = { source: Address }
type Arbiter = { arbiter: Address }

/**
 * Challenges the value that a round's reports were tallied to. Takes bond and fee, approved to the truth first if needed: both
 * are lost where the arbiter finds that the reporters were right.
 * @param claimed what happened instead, 1e18 fixed point
 * @returns the arbiter's case
 * @throws AuspexError NothingToChallenge, OutsideWindow, AlreadyChallenged, SameValue, WrongTransfer, or the token's own
 *
 * @example
 * ```ts
 * import { challengeTruth } from '@auspex/sdk'
 *
 * const { id } = await challengeTruth(auspex, { source, topic, round, claimed: value })
 * ```
 */
export async function challengeTruth(
  client: AuspexClient,
  {
    source,
    topic,
    round,
    claimed,
    approval = 'exact',
  }: Source & RoundKey & { claimed: bigint; approval?: Approval },
): Promise<{ id: bigint; receipt: TransactionReceipt }> {
  const truth = { abi: challengedTruthAbi, address: source }
  const { bond, fee, token } = await getDisputeTerms(client, { source })
  const allowed = { amount: bond + fee, approval, spender: source, token }
  const receipt = await withApproval(client, allowed, () =>
    sendTo(client, truth, 'challenge', [topic, round, claimed]),
  )
  return { id: requireEventFrom(truth, receipt, 'Challenged').id, receipt }
}

/**
 * Pays out a challenge that the arbiter has ruled on. Anyone may; the truth does not wait for it.
 * @returns how it ended, the round's truth (1e18 fixed point, zero where it is void), and what the challenger may claim
 * (token base units, see claimReputer)
 * @throws AuspexError NotChallenged, RulingPending
 *
 * @example
 * ```ts
 * import { concludeDispute } from '@auspex/sdk'
 *
 * const { status, paid } = await concludeDispute(auspex, { source, topic, round })
 * ```
 */
export async function concludeDispute(
  client: AuspexClient,
  { source, topic, round }: Source & RoundKey,
): Promise<{ status: DisputeStatus; value: bigint; paid: bigint; receipt: TransactionReceipt }> {
  const truth = { abi: challengedTruthAbi, address: source }
  const receipt = await sendTo(client, truth, 'conclude', [topic, round])
  const { status, value, paid } = requireEventFrom(truth, receipt, 'DisputeConcluded')
  return { status: disputeStatuses[Number(status)]!, value, paid, receipt }
}

/**
 * Takes a juror's seat: a free one, or that of a juror with at most ten elevenths of the stake. Approves the token first if
 * needed. It counts for cases over rounds that open the arbiter's `delay` later.
 * Seats are 0 to 31 (see getFreeJurorSeat), amounts token base units.
 * @throws AuspexError UnknownSeat, BelowMinStake, AlreadySeated, StakeTooLow, WrongTransfer, or the token's own
 *
 * @example
 * ```ts
 * import { getFreeJurorSeat, registerJuror } from '@auspex/sdk'
 * import { parseEther } from 'viem'
 *
 * const seat = await getFreeJurorSeat(auspex, { arbiter })
 * if (seat !== undefined) {
 *   await registerJuror(auspex, { arbiter, seat, amount: parseEther('1000') })
 * }
 * ```
 */
export async function registerJuror(
  client: AuspexClient,
  {
    arbiter,
    seat,
    amount,
    approval = 'exact',
  }: Arbiter & { seat: bigint; amount: bigint; approval?: Approval },
): Promise<{ receipt: TransactionReceipt }> {
  const target = targetOf(arbiter)
  const token = await readFrom(client, target, 'token', [])
  const receipt = await withApproval(client, { amount, approval, spender: arbiter, token }, () =>
    sendTo(client, target, 'register', [seat, amount]),
  )
  return { receipt }
}

/**
 * Gives up the caller's seat. It still votes in the cases that are open.
 * @returns when its stake may leave, unix time (see withdrawJuror)
 * @throws AuspexError NotStaked, AlreadyLeaving
 *
 * @example
 * ```ts
 * import { unregisterJuror } from '@auspex/sdk'
 *
 * const { leavesAt } = await unregisterJuror(auspex, { arbiter })
 * ```
 */
export async function unregisterJuror(
  client: AuspexClient,
  { arbiter }: Arbiter,
): Promise<{ leavesAt: bigint; receipt: TransactionReceipt }> {
  const receipt = await sendTo(client, targetOf(arbiter), 'unregister', [])
  const { leavesAt } = requireEventFrom(targetOf(arbiter), receipt, 'JurorLeaving')
  return { leavesAt, receipt }
}

/**
 * Credits a juror that has left its stake, for `claimJuror`. Anyone may.
 * @returns token base units
 * @throws AuspexError NotStaked, NotLeaving, TooEarly
 *
 * @example
 * ```ts
 * import { withdrawJuror } from '@auspex/sdk'
 *
 * const { amount } = await withdrawJuror(auspex, { arbiter, juror })
 * ```
 */
export async function withdrawJuror(
  client: AuspexClient,
  { arbiter, juror }: Arbiter & { juror: Address },
): Promise<{ amount: bigint; receipt: TransactionReceipt }> {
  const receipt = await sendTo(client, targetOf(arbiter), 'withdraw', [juror])
  const { amount } = requireEventFrom(targetOf(arbiter), receipt, 'JurorWithdrawn')
  return { amount, receipt }
}

/**
 * Pays an account what it may claim of an arbiter: shares of fees, and stake that was withdrawn. Anyone may.
 * @returns token base units
 * @throws AuspexError NothingToClaim
 *
 * @example
 * ```ts
 * import { claimJuror } from '@auspex/sdk'
 *
 * const { amount } = await claimJuror(auspex, { arbiter, account })
 * ```
 */
export async function claimJuror(
  client: AuspexClient,
  { arbiter, account }: Arbiter & { account: Address },
): Promise<{ amount: bigint; receipt: TransactionReceipt }> {
  const receipt = await sendTo(client, targetOf(arbiter), 'claim', [account])
  const { amount } = requireEventFrom(targetOf(arbiter), receipt, 'Claimed')
  return { amount, receipt }
}

/**
 * Seals the caller's vote in a case; its place among the votes is looked up.
 * @param commitment as `voteCommitmentOf` returns it, 32 bytes
 * @throws AuspexError NotSeated, OutsideWindow, AlreadyCommitted
 *
 * @example
 * ```ts
 * import { commitVote, voteCommitmentOf } from '@auspex/sdk'
 *
 * const { chainId } = auspex
 * const commitment = voteCommitmentOf({ chainId, arbiter, id, juror, value, salt })
 * await commitVote(auspex, { arbiter, id, commitment })
 * ```
 */
export async function commitVote(
  client: AuspexClient,
  { arbiter, id, commitment }: Arbiter & { id: bigint; commitment: Hex },
): Promise<{ receipt: TransactionReceipt }> {
  const seat = await ownSeat(client, { arbiter, id })
  return { receipt: await sendTo(client, targetOf(arbiter), 'commit', [id, seat, commitment]) }
}

/**
 * Opens the caller's vote in a case.
 * @param value what was sealed, 1e18 fixed point
 * @throws AuspexError NotSeated, OutsideWindow, NothingCommitted, WrongVote
 *
 * @example
 * ```ts
 * import { revealVote } from '@auspex/sdk'
 *
 * await revealVote(auspex, { arbiter, id, value, salt })
 * ```
 */
export async function revealVote(
  client: AuspexClient,
  { arbiter, id, value, salt }: Arbiter & { id: bigint; value: bigint; salt: Hex },
): Promise<{ receipt: TransactionReceipt }> {
  const seat = await ownSeat(client, { arbiter, id })
  return { receipt: await sendTo(client, targetOf(arbiter), 'reveal', [id, seat, value, salt]) }
}

async function ownSeat(
  client: AuspexClient,
  { arbiter, id }: Arbiter & { id: bigint },
): Promise<bigint> {
  const juror = accountOf(client)
  const seat = await getVoteSeat(client, { arbiter, id, juror })
  if (seat === undefined) throw refusal('NotSeated', { worker: juror, round: id })
  return seat
}

/**
 * Slashes the silent of a case that is over, and shares its fee among those who voted. Anyone may, once; the ruling does not wait
 * for it.
 * @returns the ruling, and what happened by it (1e18 fixed point)
 * @throws AuspexError OutsideWindow, AlreadyTallied
 *
 * @example
 * ```ts
 * import { closeCase } from '@auspex/sdk'
 *
 * const { ruling, value } = await closeCase(auspex, { arbiter, id })
 * ```
 */
export async function closeCase(
  client: AuspexClient,
  { arbiter, id }: Arbiter & { id: bigint },
): Promise<{ ruling: Ruling; value: bigint; receipt: TransactionReceipt }> {
  const receipt = await sendTo(client, targetOf(arbiter), 'close', [id])
  const { ruling, value } = requireEventFrom(targetOf(arbiter), receipt, 'CaseClosed')
  return { ruling: rulings[Number(ruling)]!, value, receipt }
}

function targetOf(arbiter: Address) {
  return { abi: stakeArbiterAbi, address: arbiter }
}
