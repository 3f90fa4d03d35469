import type { Forecaster } from './forecaster.ts'

/** Keeps the answers of a forecaster inside bounds, for probabilities from straight lines. */
export function within(options: { forecaster: Forecaster; low: number; high: number }): Forecaster {
  const { forecaster, low, high } = options

  return {
    ...forecaster,
    async predict(history) {
      return Math.min(high, Math.max(low, await forecaster.predict(history)))
    },
  }
}
