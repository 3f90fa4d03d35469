import { logReturn, usualMove, scaledReturn, wayBack } from '../../sources/series.ts'
import type { Series } from '../../sources/series.ts'
import type { Forecaster } from '../forecaster.ts'
import { regress } from './regress.ts'
import { means } from '../features/window.ts'

/** Next return as a learned share of the way back from the close to the middle of the day's range. */
export function midpoint(options: { memory: number; penalty: number }): Forecaster {
  return regress({
    name: 'midpoint',
    target: logReturn,
    features: (history, end) => [wayBack(history, end)],
    size: 1,
    constant: false,
    ...options,
  })
}

/** Turns a forecaster of the next logarithmic return, in units of `scale`, into one of the close. */
export function onReturns(options: { forecaster: Forecaster; scale?: Series }): Forecaster {
  const { forecaster, scale = () => 1 } = options

  return {
    ...forecaster,
    async predict(history) {
      const end = history.length - 1
      const move = (await forecaster.predict(history)) * scale(history, end)
      return history.at(end).close * Math.exp(move)
    },
  }
}

/** Next return, in usual moves, from the week's move and how far from its middle the day closed. */
export function pressure(options: { memory: number; penalty: number }): Forecaster {
  return regress({
    name: 'pressure',
    target: scaledReturn,
    features(history, end) {
      const usual = usualMove(history, end)
      const [week] = means({ history, series: logReturn, end, windows: [5] })
      return [week! / usual, wayBack(history, end) / usual]
    },
    size: 2,
    constant: false,
    ...options,
  })
}
