import type { Cost } from '../chain.ts'

/** The phases of a round in their order; `settle` is resolve and settle in one transaction. */
export const phases = ['commit', 'reveal', 'publish', 'settle'] as const
export type PhaseName = (typeof phases)[number]

export type RoundCost = Record<PhaseName, Cost>

/** Gas of all phases of a round together. */
export function totalGas(cost: RoundCost): number {
  return phases.reduce((sum, phase) => sum + cost[phase].gas, 0)
}

const FEW = 40
const MANY = 100

/** A round's gas as so much for every worker and a fixed rest, from rounds of 40 and 100 workers. */
export function splitCost(rounds: ReadonlyMap<number, RoundCost>): {
  perWorker: number
  fixed: number
} {
  const [few, many] = [rounds.get(FEW), rounds.get(MANY)]
  if (few === undefined || many === undefined) throw new RangeError('Rounds of 40 and 100 it takes')
  const perWorker = (totalGas(many) - totalGas(few)) / (MANY - FEW)

  return { perWorker, fixed: totalGas(few) - FEW * perWorker }
}
