import type { Series } from '../sources/series.ts'
import { means } from './features/means.ts'
import type { Forecaster } from './forecaster.ts'
import { regress } from './regress.ts'

const DAY_WEEK_MONTH = [1, 5, 22]

/** Heterogeneous autoregression (Corsi 2009): regression on the means of a day, a week, a month. */
export function har({ series, memory }: { series: Series; memory: number }): Forecaster {
  return regress({
    name: 'har',
    target: series,
    features: (history, end) => [1, ...means({ history, series, end, windows: DAY_WEEK_MONTH })],
    size: 4,
    memory,
    penalty: 1e-4,
  })
}
