import type { History } from '../../sources/history.ts'
import { largeMove, rangeVolatility } from '../../sources/series.ts'
import { ewma, rollingMean } from '../families/averages.ts'
import { likeness, volatilityState } from '../features/volatilityState.ts'
import { means } from '../features/window.ts'
import type { Forecaster } from '../forecaster.ts'
import { garch } from '../families/garch.ts'
import { har, ridge } from '../families/autoregression.ts'
import { hazard } from '../families/hazard.ts'
import { logistic, within } from '../families/logistic.ts'
import { mean } from '../maths/numbers.ts'
import { mlp } from '../families/mlp.ts'
import { neighbours } from '../families/neighbours.ts'
import { perceptrons } from './perceptrons.ts'
import type { PoolOptions, WorkerSpec } from './workerSpec.ts'

/** Large moves come in clusters: some models count the moves, some look at the ranges. */
export function movePool({ tensors, seed }: PoolOptions): WorkerSpec[] {
  const series = largeMove

  return [
    {
      name: 'rollingMean',
      confidence: 0.4,
      create: () => rollingMean({ series, size: 120 }),
    },
    {
      name: 'ewma',
      confidence: 0.5,
      create: () => ewma({ series, halfLife: 15 }),
    },
    {
      name: 'har',
      confidence: 0.5,
      create: () => chance(har({ series, constant: true, memory: 2000, penalty: 1e-4 })),
    },
    {
      name: 'ridge',
      confidence: 0.5,
      create: () => chance(ridge({ series, lags: 15, constant: true, memory: 1500, penalty: 0.2 })),
    },
    {
      name: 'garch',
      confidence: 0.6,
      create: () => chance(garch({ series, memory: 1500 })),
    },
    {
      name: 'hazard',
      confidence: 0.6,
      create: () => hazard({ event: series, signal: tension, bins: 40 }),
    },
    {
      name: 'neighbours',
      confidence: 0.7,
      create: () => neighbours({ target: series, features: likeness, count: 120 }),
    },
    {
      name: 'logistic',
      confidence: 0.8,
      create: () =>
        logistic({
          target: series,
          features: volatilityState,
          size: 8,
          memory: 3000,
          penalty: 1,
        }),
    },
    {
      name: 'mlp',
      confidence: 0.8,
      create: () => mlp({ ...perceptrons.move, tensors, seed }),
    },
  ]
}

function chance(forecaster: Forecaster): Forecaster {
  return within({ forecaster, low: 0, high: 1 })
}

function tension(history: History, end: number): number {
  return mean(means({ history, series: rangeVolatility, end, windows: [1, 5, 22] }))
}
