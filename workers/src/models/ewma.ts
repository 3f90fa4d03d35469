import type { Series } from '../sources/series.ts'
import type { Forecaster } from './forecaster.ts'
import { online } from './online.ts'

/** Exponentially weighted mean: a value's weight halves every `halfLife` bars. */
export function ewma({ series, halfLife }: { series: Series; halfLife: number }): Forecaster {
  const keep = 0.5 ** (1 / halfLife)

  return online({
    name: 'ewma',
    initial: { sum: 0, weight: 0 },
    learn(state, history, index) {
      state.sum = keep * state.sum + series(history, index)
      state.weight = keep * state.weight + 1
    },
    predict: ({ sum, weight }) => sum / weight,
  })
}
