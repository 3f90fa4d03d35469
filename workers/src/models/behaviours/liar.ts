import type { Forecaster } from '../forecaster.ts'

/** Knows an honest forecast and says something else. */
export function liar(options: {
  forecaster: Forecaster
  lie: (forecast: number) => number
}): Forecaster {
  const { forecaster, lie } = options

  return {
    ...forecaster,
    name: 'liar',
    async predict(history) {
      return lie(await forecaster.predict(history))
    },
  }
}
