import type { ReputerDeps, ReputerTurn } from './reputer.ts'
import { momentOf } from './momentOf.ts'

/**
 * Whether all that is due in a topic may leave later, together with a batch of another of its rounds: one that is to be
 * expected, no later than the reputer's patience lasts, and no later in its own window than a batch would leave in it.
 */
export function hasCompany(
  deps: ReputerDeps,
  { turns, due }: { turns: readonly ReputerTurn[]; due: readonly ReputerTurn[] },
): boolean {
  if (deps.patience === 0n || due.length === 0) return false
  const latest = due.map((turn) => min(momentOf(deps, turn), deps.dueSince(turn) + deps.patience))
  return turns.some((turn) => {
    const moment = momentOf(deps, turn)
    const isInTime = turn.time < moment && latest.every((end) => moment <= end)
    return isInTime && isBatchExpected(deps, turn)
  })
}

/** Before the first offer comes, those of the round before say whether any will. */
function isBatchExpected({ desk }: ReputerDeps, turn: ReputerTurn): boolean {
  const { topic, round, phase, isSealing, count } = turn
  if (phase !== 'commit' && phase !== 'reveal') return false
  const offers = desk.offersOf(turn).length
  if (phase === 'reveal' && isSealing) return BigInt(offers) > count

  const before = desk.offersOf({ topic, round: round - 1n }).length
  return BigInt(Math.max(offers, before)) > count
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
