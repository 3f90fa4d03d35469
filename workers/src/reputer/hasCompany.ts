import type { ReputerDeps } from './reputerDeps.ts'
import type { ReputerTurn } from './reputerTurn.ts'

type Looked = { turns: readonly ReputerTurn[]; due: readonly ReputerTurn[] }

/** Whether all that is due in a topic may leave later, in one transaction with something of another of its rounds. */
export function hasCompany(deps: ReputerDeps, looked: Looked): boolean {
  if (looked.due.length === 0) return false
  return isBeforeList(deps, looked) || isBeforeBatch(deps, looked)
}

/**
 * A settlement rides with the list of a younger round that this reputer is about to commit, or to reveal where nothing is
 * sealed, where that goes out before half of the time for truths is over. Nothing that consumers read waits for it.
 */
function isBeforeList(deps: ReputerDeps, { turns, due }: Looked): boolean {
  if (!due.every(isSettlement)) return false
  const latest = due.flatMap(({ phase, opensAt, closesAt }) =>
    phase === 'due' ? [opensAt + (closesAt - opensAt) / 2n] : [],
  )
  return turns.some(
    (turn) =>
      isListed(turn) &&
      deps.offersOf(turn).length > 0 &&
      isInTime(turn.time, momentOf(deps, turn), latest),
  )
}

/** Whether predictions are taken in now. */
function isListed({ phase, isSealing }: ReputerTurn): boolean {
  return phase === (isSealing ? 'commit' : 'reveal')
}

function isSettlement({ phase }: ReputerTurn): boolean {
  return phase === 'due' || phase === 'expired'
}

/**
 * Settlements wait for each other, until `settleEvery` rounds can leave in one transaction: their slots are warm in it. None
 * waits longer than half of the time for truths, nor until its place in the ring is wanted.
 */
export function isBeforeOthers(deps: ReputerDeps, { turns, due }: Looked): boolean {
  const { settleEvery, ringSize } = deps
  if (due.length === 0 || due.length >= settleEvery || !due.every(isSettlement)) return false

  const newest = turns.reduce((last, { round }) => (round > last ? round : last), 0n)
  return due.every(({ phase, round, time, opensAt, closesAt }) => {
    const isInHalf = phase === 'due' && time < opensAt + (closesAt - opensAt) / 2n
    return isInHalf && newest - round + 2n < ringSize()
  })
}

/**
 * Anything waits for a batch that is to be expected, no longer than the reputer's patience lasts, and no later in its own
 * window than a batch would leave in it.
 */
function isBeforeBatch(deps: ReputerDeps, { turns, due }: Looked): boolean {
  if (deps.patience === 0n) return false
  const latest = due.map((turn) => min(momentOf(deps, turn), deps.dueSince(turn) + deps.patience))
  return turns.some(
    (turn) => isInTime(turn.time, momentOf(deps, turn), latest) && isBatchExpected(deps, turn),
  )
}

function isInTime(time: bigint, moment: bigint, latest: readonly bigint[]): boolean {
  return time < moment && latest.every((end) => moment <= end)
}

/** Before the first offer comes, those of the round before say whether any will. */
function isBatchExpected({ offersOf }: ReputerDeps, turn: ReputerTurn): boolean {
  const { topic, round, phase, status, isSealing, count } = turn
  if (phase !== 'commit' && phase !== 'reveal') return false
  const offers = offersOf(turn).length
  if (phase === 'reveal' && isSealing) return status === 'open' && BigInt(offers) > count

  const before = offersOf({ topic, round: round - 1n }).length
  return BigInt(Math.max(offers, before)) > count
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

const BPS = 10_000n

/** When a batch goes out in a window, complete or not. */
export function momentOf(
  { batchAfterBps }: Pick<ReputerDeps, 'batchAfterBps'>,
  { opensAt, closesAt }: Pick<ReputerTurn, 'opensAt' | 'closesAt'>,
): bigint {
  return opensAt + ((closesAt - opensAt) * batchAfterBps + BPS - 1n) / BPS
}
