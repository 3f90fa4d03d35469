import type { Series } from '../sources/series.ts'
import type { Forecaster } from './forecaster.ts'

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
