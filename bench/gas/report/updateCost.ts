import type { Cost } from '../chain.ts'
import type { Rhythm } from '../measure/Rhythm.ts'
import type { RoundCost } from '../measure/RoundCost.ts'

/** What any transaction costs before it does anything. */
const BASE = 21_000

/**
 * Commit, reveal and publish: all that goes before the feed changes. Where the settlement of another round bears the base
 * of a transaction they share, it is counted to them here, as it is to updates of others.
 */
export function updateCost({ cost, rhythm }: { cost: RoundCost; rhythm: Rhythm }): Cost {
  const parts = [cost.commit, cost.reveal, cost.publish]
  const sum = (of: keyof Cost) => parts.reduce((total, part) => total + part[of], 0)

  return { gas: sum('gas') + (rhythm === 'apart' ? 0 : BASE), calldata: sum('calldata') }
}
