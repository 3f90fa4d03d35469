import type { Series } from '../sources/series.ts'
import { dot } from './maths/dot.ts'
import type { Forecaster } from './forecaster.ts'
import { online } from './online.ts'
import type { Features } from './features/features.ts'
import { solve } from './maths/solve.ts'

/**
 * Logistic regression for a target of 0 or 1, learned online: each example takes one Newton step in
 * the curvature of the examples so far.
 */
export function logistic(options: {
  target: Series
  features: Features
  size: number
  memory: number
  penalty: number
}): Forecaster {
  const { target, features, size, penalty } = options
  const keep = Math.exp(-1 / options.memory)

  return online({
    name: 'logistic',
    initial: {
      weights: new Array<number>(size).fill(0),
      curvature: Array.from({ length: size }, (_, i) =>
        Array.from({ length: size }, (__, j) => (i === j ? penalty : 0)),
      ),
    },
    learn(state, history, index) {
      if (index === 0) return
      const known = features(history, index - 1)
      const probability = sigmoid(dot(state.weights, known))
      const steepness = Math.max(probability * (1 - probability), 0.01)

      for (const [i, row] of state.curvature.entries()) {
        for (let j = 0; j < size; j++) {
          const prior = i === j ? (1 - keep) * penalty : 0
          row[j] = keep * row[j]! + prior + steepness * known[i]! * known[j]!
        }
      }
      const surprise = target(history, index) - probability
      const step = solve(
        state.curvature,
        known.map((value) => surprise * value),
      )
      state.weights = state.weights.map((weight, i) => weight + step[i]!)
    },
    predict: ({ weights }, history) => sigmoid(dot(weights, features(history, history.length - 1))),
  })
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value))
}
