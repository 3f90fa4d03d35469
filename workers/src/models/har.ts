import type { Series } from '../sources/series.ts'
import { means } from './features/means.ts'
import type { Forecaster } from './forecaster.ts'
import { regress } from './regress.ts'

const DAY_WEEK_MONTH = [1, 5, 22]

/** Heterogeneous autoregression (Corsi 2009): regression on the means of a day, a week, a month. */
export function har(options: {
  series: Series
  constant: boolean
  memory: number
  penalty: number
}): Forecaster {
  const { series } = options

  return regress({
    name: 'har',
    target: series,
    features: (history, end) => means({ history, series, end, windows: DAY_WEEK_MONTH }),
    size: 3,
    ...options,
  })
}
