import type { Series } from '../sources/series.ts'
import type { Forecaster } from './forecaster.ts'
import { mean } from './maths/mean.ts'
import { online } from './online.ts'
import { window } from './features/window.ts'

/** The mean of the last `size` values. */
export function rollingMean({ series, size }: { series: Series; size: number }): Forecaster {
  return online({
    name: 'rollingMean',
    initial: {},
    learn() {},
    predict: (_, history) => mean(window({ history, series, end: history.length - 1, size })),
  })
}
