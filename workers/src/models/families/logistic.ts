import type { Series } from '../../sources/series.ts'
import type { Features } from '../features/window.ts'
import type { Forecaster } from '../forecaster.ts'
import { dot } from '../maths/numbers.ts'
import { solve } from '../maths/linearRegression.ts'
import { online } from './online.ts'

/** A certain forecast would teach nothing when it is wrong. */
const LEAST_STEEPNESS = 0.01

/**
 * Logistic regression for a target of 0 or 1, learned online: each example takes one Newton step in
 * the curvature of the examples so far.
 */
export function logistic(options: {
  target: Series
  features: Features
  /** How many features there are; a constant is learned beside them. */
  size: number
  memory: number
  penalty: number
}): Forecaster {
  const { target, features, penalty } = options
  const size = options.size + 1
  const keep = Math.exp(-1 / options.memory)

  return online({
    name: 'logistic',
    initial: { weights: new Array<number>(size).fill(0), curvature: diagonal(size, penalty) },
    learn(state, history, index) {
      if (index === 0) return
      const known = [1, ...features(history, index - 1)]
      const probability = sigmoid(dot(state.weights, known))
      const steepness = Math.max(LEAST_STEEPNESS, probability * (1 - probability))

      for (const [i, row] of state.curvature.entries()) {
        for (let j = 0; j < size; j++) row[j] = keep * row[j]! + steepness * known[i]! * known[j]!
        row[i] = row[i]! + (1 - keep) * penalty
      }
      const surprise = target(history, index) - probability
      const slope = known.map((value) => surprise * value)
      const step = solve(state.curvature, slope)
      state.weights = state.weights.map((weight, i) => weight + step[i]!)
    },
    predict({ weights }, history) {
      return sigmoid(dot(weights, [1, ...features(history, history.length - 1)]))
    },
  })
}

function diagonal(size: number, value: number): number[][] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => (i === j ? value : 0)),
  )
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value))
}

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
