import type { Series } from '../sources/series.ts'
import type { Features } from './features/features.ts'
import type { Forecaster } from './forecaster.ts'
import { linearRegression } from './maths/linearRegression.ts'
import { online } from './online.ts'

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
