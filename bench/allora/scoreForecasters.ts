import { at } from '../lib/at.ts'
import type { Losses } from './Losses.ts'

/**
 * What a forecaster adds to the naive value and what its leaving takes from the combined one. The
 * first part fades as forecasters become many.
 */
export function scoreForecasters(losses: Losses): number[] {
  const forecasters = losses.implied.length
  if (forecasters === 1) return [0]

  const share = 2 ** -(forecasters - 1)

  return losses.implied.map((_, k) => {
    const added = losses.naive - at(losses.withOnly, k)
    const missed = at(losses.without, losses.workers.length + k) - losses.combined
    return share * added + (1 - share) * missed
  })
}
