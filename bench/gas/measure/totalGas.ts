import { phases } from './RoundCost.ts'
import type { RoundCost } from './RoundCost.ts'

/** Gas of all phases of a round together. */
export function totalGas(cost: RoundCost): number {
  return phases.reduce((sum, phase) => sum + cost[phase].gas, 0)
}
