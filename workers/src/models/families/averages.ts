import type { Series } from '../../sources/series.ts'
import type { Forecaster } from '../forecaster.ts'
import { online } from './online.ts'
import { mean } from '../maths/numbers.ts'
import { window } from '../features/window.ts'

/** Tomorrow is like today. */
export function lastValue({ series }: { series: Series }): Forecaster {
  return online({
    name: 'lastValue',
    initial: {},
    learn() {},
    predict: (_, history) => series(history, history.length - 1),
  })
}

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

/** The mean of the last `size` values. */
export function rollingMean({ series, size }: { series: Series; size: number }): Forecaster {
  return online({
    name: 'rollingMean',
    initial: {},
    learn() {},
    predict: (_, history) => mean(window({ history, series, end: history.length - 1, size })),
  })
}
