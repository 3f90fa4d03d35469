import type { Series } from '../sources/series.ts'
import type { Forecaster } from './forecaster.ts'
import { online } from './online.ts'

/** Holt's smoothing: a level and a slowly turning slope, carried one bar on. */
export function holt(options: { series: Series; level: number; slope: number }): Forecaster {
  const { series, level, slope } = options

  return online({
    name: 'holt',
    initial: { level: 0, slope: 0 },
    learn(state, history, index) {
      const value = series(history, index)
      if (index === 0) {
        state.level = value
        return
      }
      const before = state.level
      state.level = level * value + (1 - level) * (before + state.slope)
      state.slope = slope * (state.level - before) + (1 - slope) * state.slope
    },
    predict: (state) => state.level + state.slope,
  })
}
