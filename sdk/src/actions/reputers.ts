/*
 * What a reputer does at a ReputerTruth: seat, commit, reveal, tally, unstake, withdraw, claim. Each takes the address of
 * the ReputerTruth as `source`; the topic names it as its truth (getTopic).
 */
import type { Address, ContractFunctionArgs, Hex, TransactionReceipt } from 'viem'
import { reputerTruthAbi } from '../abis/reputerTruthAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { readFrom, sendTo } from '../contract/calls.ts'
import type { Onchain } from '../contract/calls.ts'
import { eventFrom, requireEventFrom } from '../contract/logs.ts'
import { withApproval } from '../contract/withApproval.ts'
import type { Approval } from '../contract/withApproval.ts'
import type { RoundKey } from '../words/round.ts'
import { truthStatuses } from '../words/topic.ts'
import type { TopicId, TruthStatus } from '../words/topic.ts'

type Abi = typeof reputerTruthAbi
type Source = { source: Address }
type Verb = 'takeSeat' | 'commit' | 'reveal' | 'tally' | 'unstake' | 'withdraw' | 'claim'

export type TakeReputerSeatParams = Source & {
  topic: TopicId
  /** 0 to 15, at most one above the highest that was ever taken (see getFreeReputerSeat). */
  seat: bigint
  /** Token base units; cannot be added to later. */
  amount: bigint
}

/**
 * Takes a reputer's seat: a free one, or that of a reputer with at most ten elevenths of the stake. Approves the token
 * first if needed. Reports are due from round `from` on, the first that has not opened yet.
 * @throws AuspexError UnknownTopic, WindowsTooLong, UnknownSeat, BelowMinStake, AlreadySeated, StakeTooLow, WrongTransfer,
 * or the token's own
 *
 * @example
 * ```ts
 * import { getFreeReputerSeat, takeReputerSeat } from '@auspex/sdk'
 * import { parseEther } from 'viem'
 *
 * const seat = await getFreeReputerSeat(auspex, { source, topic })
 * const amount = parseEther('1000')
 * if (seat !== undefined) await takeReputerSeat(auspex, { source, topic, seat, amount })
 * ```
 */
export async function takeReputerSeat(
  client: AuspexClient,
  { approval = 'exact', ...params }: TakeReputerSeatParams & { approval?: Approval },
): Promise<{ from: bigint; receipt: TransactionReceipt }> {
  const { source, topic, seat, amount } = params
  const token = await tokenOf(client, source)
  const allowed = { amount, approval, spender: source, token }
  const receipt = await withApproval(client, allowed, () =>
    send(client, source, 'takeSeat', [topic, seat, amount]),
  )
  return { from: requireEventFrom(targetOf(source), receipt, 'SeatTaken').from, receipt }
}

function tokenOf(client: AuspexClient, source: Address): Promise<Address> {
  return readFrom(client, targetOf(source), 'token', [])
}

/**
 * Seals a report, from the round's target time on for the commit window.
 * @param commitment as `reportCommitmentOf` returns it, 27 bytes
 * @throws AuspexError NotSeated, OutsideWindow, AlreadyCommitted
 *
 * @example
 * ```ts
 * import { commitReport, reportCommitmentOf } from '@auspex/sdk'
 *
 * const { chainId } = auspex
 * const report = { chainId, source, topic, round, reputer, value, salt }
 * await commitReport(auspex, { source, topic, round, commitment: reportCommitmentOf(report) })
 * ```
 */
export async function commitReport(
  client: AuspexClient,
  { source, topic, round, commitment }: Source & RoundKey & { commitment: Hex },
): Promise<{ receipt: TransactionReceipt }> {
  return { receipt: await send(client, source, 'commit', [topic, round, commitment]) }
}

/**
 * Opens a report, in the reveal window.
 * @param value what was sealed, 1e18 fixed point
 * @throws AuspexError NotSeated, OutsideWindow, NothingCommitted, WrongOpening
 *
 * @example
 * ```ts
 * import { revealReport } from '@auspex/sdk'
 *
 * await revealReport(auspex, { source, topic, round, value, salt })
 * ```
 */
export async function revealReport(
  client: AuspexClient,
  { source, topic, round, value, salt }: Source & RoundKey & { value: bigint; salt: Hex },
): Promise<{ receipt: TransactionReceipt }> {
  return { receipt: await send(client, source, 'reveal', [topic, round, value, salt]) }
}

/**
 * Finds a published round's truth from the reports, and slashes outliers and reputers that did not report. Anyone may, once.
 * @throws AuspexError OutsideWindow, AlreadyTallied, NobodySeated, WrongStatus
 *
 * @example
 * ```ts
 * import { tallyReports } from '@auspex/sdk'
 *
 * const { status, value } = await tallyReports(auspex, { source, topic, round })
 * ```
 */
export async function tallyReports(
  client: AuspexClient,
  { source, topic, round }: Source & RoundKey,
): Promise<{ status: TruthStatus; value: bigint; receipt: TransactionReceipt }> {
  const receipt = await send(client, source, 'tally', [topic, round])
  const { status, value } = requireEventFrom(targetOf(source), receipt, 'RoundTallied')
  return { status: truthStatuses[Number(status)]!, value, receipt }
}

/**
 * Gives up the caller's seat. It still reports on the rounds that have opened; if none has since it took the seat, its stake can
 * be claimed at once (`isRefunded`).
 * @throws AuspexError NotStaked, AlreadyLeaving
 *
 * @example
 * ```ts
 * import { unstakeReputer } from '@auspex/sdk'
 *
 * const { isRefunded, leavesAt } = await unstakeReputer(auspex, { source, topic })
 * ```
 */
export async function unstakeReputer(
  client: AuspexClient,
  { source, topic }: Source & { topic: TopicId },
): Promise<{ isRefunded: boolean; leavesAt: bigint | undefined; receipt: TransactionReceipt }> {
  const receipt = await send(client, source, 'unstake', [topic])
  const leaving = eventFrom(targetOf(source), receipt, 'Leaving')
  return { isRefunded: leaving === undefined, leavesAt: leaving?.leavesAt, receipt }
}

/**
 * Credits a reputer that has left its stake, for `claimReputer`. Anyone may.
 * @throws AuspexError NotStaked, NotLeaving, TooEarly
 *
 * @example
 * ```ts
 * import { withdrawReputer } from '@auspex/sdk'
 *
 * const { amount } = await withdrawReputer(auspex, { source, topic, reputer })
 * ```
 */
export async function withdrawReputer(
  client: AuspexClient,
  { source, topic, reputer }: Source & { topic: TopicId; reputer: Address },
): Promise<{ amount: bigint; receipt: TransactionReceipt }> {
  const receipt = await send(client, source, 'withdraw', [topic, reputer])
  return { amount: requireEventFrom(targetOf(source), receipt, 'Withdrawn').amount, receipt }
}

/**
 * Pays an account what it may claim of a ReputerTruth: withdrawn and refunded stake. Anyone may.
 * @throws AuspexError NothingToClaim
 *
 * @example
 * ```ts
 * import { claimReputer } from '@auspex/sdk'
 *
 * const { amount } = await claimReputer(auspex, { source, account })
 * ```
 */
export async function claimReputer(
  client: AuspexClient,
  { source, account }: Source & { account: Address },
): Promise<{ amount: bigint; receipt: TransactionReceipt }> {
  const receipt = await send(client, source, 'claim', [account])
  return { amount: requireEventFrom(targetOf(source), receipt, 'Claimed').amount, receipt }
}

function send<const verb extends Verb>(
  client: AuspexClient,
  source: Address,
  functionName: verb,
  args: Onchain<ContractFunctionArgs<Abi, 'nonpayable', verb>>,
): Promise<TransactionReceipt> {
  return sendTo(client, targetOf(source), functionName, args)
}

function targetOf(source: Address) {
  return { abi: reputerTruthAbi, address: source }
}
