import type { History } from '../../sources/history.ts'
import { largeMove, rangeVolatility } from '../../sources/series.ts'
import { copier } from '../behaviours/copier.ts'
import { lazy } from '../behaviours/lazy.ts'
import { liar } from '../behaviours/liar.ts'
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
      kind: 'honest',
      confidence: 0.4,
      create: () => rollingMean({ series, size: 120 }),
    },
    {
      name: 'ewma',
      kind: 'honest',
      confidence: 0.5,
      create: () => ewma({ series, halfLife: 15 }),
    },
    {
      name: 'har',
      kind: 'honest',
      confidence: 0.5,
      create: () => chance(har({ series, constant: true, memory: 2000, penalty: 1e-4 })),
    },
    {
      name: 'ridge',
      kind: 'honest',
      confidence: 0.5,
      create: () => chance(ridge({ series, lags: 15, constant: true, memory: 1500, penalty: 0.2 })),
    },
    {
      name: 'garch',
      kind: 'honest',
      confidence: 0.6,
      create: () => chance(garch({ series, memory: 1500 })),
    },
    {
      name: 'hazard',
      kind: 'honest',
      confidence: 0.6,
      create: () => hazard({ event: series, signal: tension, bins: 40 }),
    },
    {
      name: 'neighbours',
      kind: 'honest',
      confidence: 0.7,
      create: () => neighbours({ target: series, features: likeness, count: 120 }),
    },
    {
      name: 'logistic',
      kind: 'honest',
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
      kind: 'honest',
      confidence: 0.8,
      create: () => mlp({ ...perceptrons.move, tensors, seed }),
    },
    {
      name: 'liar',
      kind: 'liar',
      confidence: 0.8,
      create: () => liar({ forecaster: ewma({ series, halfLife: 15 }), lie: (x) => 1 - x }),
    },
    {
      name: 'lazy',
      kind: 'lazy',
      confidence: 0.3,
      create: () => lazy({ series: monthlyRate, every: 60 }),
    },
    {
      name: 'copier',
      kind: 'copier',
      confidence: 0.5,
      create: () => copier({ series: monthlyRate }),
    },
  ]
}

function chance(forecaster: Forecaster): Forecaster {
  return within({ forecaster, low: 0, high: 1 })
}

function tension(history: History, end: number): number {
  return mean(means({ history, series: rangeVolatility, end, windows: [1, 5, 22] }))
}

function monthlyRate(history: History, end: number): number {
  return means({ history, series: largeMove, end, windows: [22] })[0]!
}
