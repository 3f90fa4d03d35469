import { logReturn } from '../../sources/series.ts'
import type { Series } from '../../sources/series.ts'
import type { Forecaster } from '../forecaster.ts'
import { leastSurprised } from '../maths/numbers.ts'
import { online } from './online.ts'

/** Weight of the newest squared return, its extra weight when prices fell, and persistence. */
const CANDIDATES = [0.01, 0.03, 0.06, 0.1].flatMap((news) =>
  [0.04, 0.08, 0.14, 0.2].flatMap((fall) =>
    [0.965, 0.98, 0.99].map((persistence) => ({ news, fall, persistence })),
  ),
)
const WARMUP = 22
const SEASONED = 250

/**
 * Asymmetric GARCH (Glosten, Jagannathan, Runkle 1993) with variance targeting; the parameters are
 * those of a grid under which the returns so far were the least surprising. The answer is sigma
 * times what the series has been of sigma.
 */
export function garch({ series, memory }: { series: Series; memory: number }): Forecaster {
  const keep = Math.exp(-1 / memory)

  return online({
    name: 'garch',
    initial: {
      sum: 0,
      weight: 0,
      candidates: CANDIDATES.map(() => ({ variance: 0, surprise: 0 })),
      values: 0,
      sigmas: 0,
    },
    learn(state, history, index) {
      if (index === 0) return
      const move = logReturn(history, index)
      if (index > SEASONED) {
        state.values = keep * state.values + series(history, index)
        state.sigmas = keep * state.sigmas + Math.sqrt(leastSurprised(state.candidates).variance)
      }
      state.sum = keep * state.sum + move * move
      state.weight = keep * state.weight + 1
      const home = state.sum / state.weight

      for (const [i, candidate] of state.candidates.entries()) {
        const { news, fall, persistence } = CANDIDATES[i]!
        if (index > WARMUP) {
          const surprise = Math.log(candidate.variance) + (move * move) / candidate.variance
          candidate.surprise = keep * candidate.surprise + surprise
        }
        const carried = index === 1 ? home : candidate.variance
        candidate.variance =
          (1 - persistence) * home +
          (move < 0 ? news + fall : news) * move * move +
          (persistence - news - fall / 2) * carried
      }
    },
    predict({ candidates, values, sigmas }) {
      const sigma = Math.sqrt(leastSurprised(candidates).variance)
      return sigmas > 0 ? (sigma * values) / sigmas : sigma
    },
  })
}
