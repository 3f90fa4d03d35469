import type { Series } from '../sources/series.ts'
import type { Forecaster } from './forecaster.ts'
import { online } from './online.ts'

/** Tomorrow is like today. */
export function lastValue({ series }: { series: Series }): Forecaster {
  return online({
    name: 'lastValue',
    initial: {},
    learn() {},
    predict: (_, history) => series(history, history.length - 1),
  })
}
