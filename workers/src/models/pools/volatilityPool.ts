import { rangeVolatility } from '../../sources/series.ts'
import { activity, har, ridge, leverage } from '../families/autoregression.ts'
import { copier } from '../behaviours/copier.ts'
import { lazy } from '../behaviours/lazy.ts'
import { liar } from '../behaviours/liar.ts'
import { carr } from '../families/carr.ts'
import { ewma } from '../families/averages.ts'
import { likeness } from '../features/volatilityState.ts'
import { garch } from '../families/garch.ts'
import { mlp } from '../families/mlp.ts'
import { neighbours } from '../families/neighbours.ts'
import { perceptrons } from './perceptrons.ts'
import type { PoolOptions, WorkerSpec } from './workerSpec.ts'

/** Volatility clusters and rises when prices fall; the models differ in how they see that. */
export function volatilityPool({ tensors, seed }: PoolOptions): WorkerSpec[] {
  const series = rangeVolatility

  return [
    {
      name: 'ewma',
      kind: 'honest',
      confidence: 0.4,
      create: () => ewma({ series, halfLife: 3 }),
    },
    {
      name: 'har',
      kind: 'honest',
      confidence: 0.5,
      create: () => har({ series, constant: true, memory: 2000, penalty: 1e-4 }),
    },
    {
      name: 'ridge',
      kind: 'honest',
      confidence: 0.5,
      create: () => ridge({ series, lags: 15, constant: true, memory: 1000, penalty: 0.01 }),
    },
    {
      name: 'garch',
      kind: 'honest',
      confidence: 0.5,
      create: () => garch({ series, memory: 1500 }),
    },
    {
      name: 'carr',
      kind: 'honest',
      confidence: 0.7,
      create: () => carr({ series, memory: 500 }),
    },
    {
      name: 'leverage',
      kind: 'honest',
      confidence: 0.8,
      create: () => leverage({ memory: 1500 }),
    },
    {
      name: 'activity',
      kind: 'honest',
      confidence: 0.7,
      create: () => activity({ memory: 2000 }),
    },
    {
      name: 'neighbours',
      kind: 'honest',
      confidence: 0.5,
      create: () => neighbours({ target: series, features: likeness, count: 25 }),
    },
    {
      name: 'mlp',
      kind: 'honest',
      confidence: 0.8,
      create: () => mlp({ ...perceptrons.volatility, tensors, seed }),
    },
    {
      name: 'liar',
      kind: 'liar',
      confidence: 0.8,
      create: () =>
        liar({
          forecaster: har({ series, constant: true, memory: 2000, penalty: 1e-4 }),
          lie: (forecast) => 1.5 * forecast,
        }),
    },
    {
      name: 'lazy',
      kind: 'lazy',
      confidence: 0.3,
      create: () => lazy({ series, every: 10 }),
    },
    {
      name: 'copier',
      kind: 'copier',
      confidence: 0.5,
      create: () => copier({ series }),
    },
  ]
}
