import { logReturn } from '../../sources/series.ts'
import type { Series } from '../../sources/series.ts'
import type { Forecaster } from '../forecaster.ts'
import { leastSurprised } from '../maths/numbers.ts'
import { online } from './online.ts'

/** Weight of the newest range, its extra weight when prices fell, and persistence. */
const CANDIDATES = [0.05, 0.1, 0.15, 0.2, 0.3].flatMap((news) =>
  [0.05, 0.1, 0.15, 0.25].flatMap((fall) =>
    [0.95, 0.97, 0.985].map((persistence) => ({ news, fall, persistence })),
  ),
)
const WARMUP = 22

/**
 * Asymmetric conditional autoregressive range (Chou 2005): the level follows each new range, the
 * more so when prices fell, and drifts home. The parameters are those of a grid under which the
 * ranges so far were the least surprising.
 */
export function carr({ series, memory }: { series: Series; memory: number }): Forecaster {
  const keep = Math.exp(-1 / memory)

  return online({
    name: 'carr',
    initial: {
      sum: 0,
      weight: 0,
      candidates: CANDIDATES.map(() => ({ level: 0, surprise: 0 })),
    },
    learn(state, history, index) {
      const value = series(history, index)
      const fell = logReturn(history, index) < 0
      state.sum = keep * state.sum + value
      state.weight = keep * state.weight + 1
      const home = state.sum / state.weight

      for (const [i, candidate] of state.candidates.entries()) {
        const { news, fall, persistence } = CANDIDATES[i]!
        if (index > WARMUP) {
          const surprise = Math.log(candidate.level) + value / candidate.level
          candidate.surprise = keep * candidate.surprise + surprise
        }
        const carried = index === 0 ? home : candidate.level
        candidate.level =
          (1 - persistence) * home +
          (fell ? news + fall : news) * value +
          (persistence - news - fall / 2) * carried
      }
    },
    predict: ({ candidates }) => leastSurprised(candidates).level,
  })
}
