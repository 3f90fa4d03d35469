import { budgetOf, eraOf, isSeasonedOf, seatOf, trustOf } from '../maths/backer.ts'
import { wager } from '../maths/settlement.ts'
import { packPrediction } from '../predictions.ts'
import type { Place } from '../typedData.ts'
import type { Opening, Recorded, RoundKey, Seal } from '../types.ts'
import { arrangeReveal } from './arrangeReveal.ts'

/**
 * What a reveal of these openings will record: it follows from the seals and the openings alone, so that a publication
 * can go out in the same transaction (see preparePublish). `closed`, as the round tells it, leaves out who was heard
 * before; not needed where this is known to be nobody. A prediction too small to wager anything counts for nothing.
 */
export function predictionsOf({
  closed = 0n,
  ...params
}: Place &
  RoundKey & {
    seals: readonly Seal[]
    openings: readonly Opening[]
    closed?: bigint
  }): Recorded {
  const recorded = arrangeReveal(params)
    .openings.filter(({ backer }) => ((closed >> seatOf(backer)) & 1n) === 0n)
    .map(({ worker, value, confidence, backer }) => ({
      worker,
      value,
      wager: wager(budgetOf(backer), confidence),
      confidence,
      trust: trustOf(backer),
      seasoned: isSeasonedOf(backer),
      era: eraOf(backer),
    }))
    .filter((each) => each.wager > 0n)

  return {
    predictions: recorded.map(packPrediction),
    workers: recorded.map(({ worker }) => worker),
  }
}
