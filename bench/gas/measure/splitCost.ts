import type { RoundCost } from './RoundCost.ts'
import { totalGas } from './totalGas.ts'

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
