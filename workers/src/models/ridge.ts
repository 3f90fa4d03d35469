import type { Series } from '../sources/series.ts'
import { window } from './features/window.ts'
import type { Forecaster } from './forecaster.ts'
import { regress } from './regress.ts'

/** Autoregressive ridge regression on the last `lags` values. */
export function ridge(options: {
  series: Series
  lags: number
  constant: boolean
  memory: number
  penalty: number
}): Forecaster {
  const { series, lags } = options

  return regress({
    name: 'ridge',
    target: series,
    features(history, end) {
      const recent = window({ history, series, end, size: lags }).reverse()
      return [...recent, ...new Array<number>(lags - recent.length).fill(recent.at(-1)!)]
    },
    size: lags,
    ...options,
  })
}
