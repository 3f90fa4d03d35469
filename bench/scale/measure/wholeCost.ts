import type { RoundCost } from '../play/RoundCost.ts'
import type { Spent } from '../play/Spent.ts'
import { sum } from '../play/sum.ts'
import { reputerCost } from './reputerCost.ts'

/** What a round took from the first seal to the last settlement, workers and all. */
export function wholeCost(cost: RoundCost): Spent {
  return sum([cost.seal, cost.handIn, reputerCost(cost)])
}
