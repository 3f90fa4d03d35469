import { phases } from '../play/RoundCost.ts'
import type { RoundCost } from '../play/RoundCost.ts'
import type { Spent } from '../play/Spent.ts'
import { sum } from '../play/sum.ts'

/** What the transactions of a round took the reputer. */
export function reputerCost({ phases: cost }: Pick<RoundCost, 'phases'>): Spent {
  return sum(phases.map((phase) => cost[phase]))
}
