import type { Series } from '../sources/series.ts'
import type { Forecaster } from './forecaster.ts'
import { mean } from './maths/mean.ts'
import { online } from './online.ts'
import { window } from './features/window.ts'

/** The median of the last `size` values: one wild day does not move it. */
export function rollingMedian({ series, size }: { series: Series; size: number }): Forecaster {
  return online({
    name: 'rollingMedian',
    initial: {},
    learn() {},
    predict(_, history) {
      const sorted = window({ history, series, end: history.length - 1, size }).sort(ascending)
      const half = sorted.length / 2
      return mean(sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1))
    },
  })
}

function ascending(left: number, right: number): number {
  return left - right
}
