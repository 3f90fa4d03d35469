import type { Series } from '../sources/series.ts'
import type { Forecaster } from './forecaster.ts'
import { regress } from './regress.ts'
import { window } from './features/window.ts'

/** Autoregressive ridge regression on the last `lags` values. */
export function ridge(options: {
  series: Series
  lags: number
  memory: number
  penalty: number
}): Forecaster {
  const { series, lags, memory, penalty } = options

  return regress({
    name: 'ridge',
    target: series,
    features(history, end) {
      const recent = window({ history, series, end, size: lags }).reverse()
      return [1, ...recent, ...new Array<number>(lags - recent.length).fill(recent.at(-1)!)]
    },
    size: 1 + lags,
    memory,
    penalty,
  })
}
