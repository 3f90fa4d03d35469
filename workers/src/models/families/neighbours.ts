import type { Series } from '../../sources/series.ts'
import type { Forecaster } from '../forecaster.ts'
import { mean } from '../maths/numbers.ts'
import { online } from './online.ts'
import type { Features } from '../features/window.ts'

/** What followed the `count` past situations most like the present one. */
export function neighbours(options: {
  target: Series
  features: Features
  count: number
}): Forecaster {
  const { target, features, count } = options

  return online({
    name: 'neighbours',
    initial: { situations: [] as number[][], outcomes: [] as number[] },
    learn({ situations, outcomes }, history, index) {
      if (index === 0) return
      situations.push(features(history, index - 1))
      outcomes.push(target(history, index))
    },
    predict({ situations, outcomes }, history) {
      const present = features(history, history.length - 1)
      const nearest = situations
        .map((situation, i) => ({ distance: distance(situation, present), outcome: outcomes[i]! }))
        .sort((left, right) => left.distance - right.distance)
        .slice(0, count)
      return mean(nearest.map(({ outcome }) => outcome))
    },
  })
}

function distance(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, i) => sum + (value - right[i]!) ** 2, 0)
}
