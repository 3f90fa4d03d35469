import { phases } from '../play/RoundCost.ts'
import type { RoundCost } from '../play/RoundCost.ts'
import { sum } from '../play/Spent.ts'
import type { Spent } from '../play/Spent.ts'

const MINUTE = 60_000

/** Rounds of a topic in a minute: by everything on this machine one after the other, and by the reputer alone. */
export function ratesOf({ rounds, topics }: { rounds: readonly RoundCost[]; topics: number }): {
  roundsPerMinute: number
  reputerRoundsPerMinute: number
} {
  const count = rounds.length * topics
  const total = (of: (cost: RoundCost) => { ms: number }) =>
    rounds.reduce((sum, cost) => sum + of(cost).ms, 0)

  return {
    roundsPerMinute: (count * MINUTE) / total(wholeCost),
    reputerRoundsPerMinute: (count * MINUTE) / total(reputerCost),
  }
}

/** What a round took from the first seal to the last settlement, workers and all. */
function wholeCost(cost: RoundCost): Spent {
  return sum([cost.seal, cost.handIn, reputerCost(cost)])
}

/** What the transactions of a round took the reputer. */
export function reputerCost({ phases: cost }: Pick<RoundCost, 'phases'>): Spent {
  return sum(phases.map((phase) => cost[phase]))
}
