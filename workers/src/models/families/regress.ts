import type { Series } from '../../sources/series.ts'
import type { Features } from '../features/window.ts'
import type { Forecaster } from '../forecaster.ts'
import { linearRegression } from '../maths/linearRegression.ts'
import { online } from './online.ts'
import { positive } from '../maths/numbers.ts'

export interface RegressOptions {
  name: string
  target: Series
  features: Features
  /** How many features there are. */
  size: number
  /** Whether a constant is learned beside them; without one, no news means a forecast of zero. */
  constant: boolean
  /** Examples after which an example's weight has fallen to 1 / e. */
  memory: number
  penalty: number
}

/** Predicts the next target from the features of the bar before, by running least squares. */
export function regress(options: RegressOptions): Forecaster {
  const { name, target, features } = options
  const regression = linearRegression(options)

  return online({
    name,
    initial: regression.initial(),
    learn(moments, history, index) {
      if (index === 0) return
      regression.learn(moments, {
        features: features(history, index - 1),
        target: target(history, index),
      })
    },
    predict: (moments, history) =>
      regression.predict(moments, features(history, history.length - 1)),
  })
}

/**
 * Predicts the logarithm of a volatility by running least squares and brings it back to the
 * target's own scale. The exponential of a mean is too low, so it is multiplied by how much too low
 * it has been (Duan 1983, smearing).
 */
export function regressLog(options: RegressOptions): Forecaster {
  const { name, target, features, size, memory } = options
  const regression = linearRegression(options)
  const keep = Math.exp(-1 / memory)

  return online({
    name,
    initial: { moments: regression.initial(), ratios: 0, weight: 0 },
    learn(state, history, index) {
      if (index === 0) return
      const known = features(history, index - 1)
      const truth = positive(target(history, index))

      if (index > 2 * size) {
        const ratio = truth / Math.exp(regression.predict(state.moments, known))
        state.ratios = keep * state.ratios + ratio
        state.weight = keep * state.weight + 1
      }
      regression.learn(state.moments, { features: known, target: Math.log(truth) })
    },
    predict({ moments, ratios, weight }, history) {
      const logarithm = regression.predict(moments, features(history, history.length - 1))
      return Math.exp(logarithm) * (weight > 0 ? ratios / weight : 1)
    },
  })
}
