import type { RoundCost } from '../play/RoundCost.ts'
import { reputerCost } from './reputerCost.ts'
import { wholeCost } from './wholeCost.ts'

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
