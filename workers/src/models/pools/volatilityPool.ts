import { rangeVolatility } from '../../sources/series.ts'
import { activity, har, ridge, leverage } from '../families/autoregression.ts'
import { carr } from '../families/carr.ts'
import { ewma } from '../families/averages.ts'
import { likeness } from '../features/volatilityState.ts'
import { garch } from '../families/garch.ts'
import { mlp } from '../families/mlp.ts'
import { neighbours } from '../families/neighbours.ts'
import { perceptrons } from './perceptrons.ts'
import type { PoolOptions, WorkerSpec } from './workerSpec.ts'

/**
 * Volatility clusters and rises when prices fall; the models differ in how they see that. Those that know levels alone have
 * a smaller say for themselves than those that know of falling prices, trade and range.
 */
export function volatilityPool({ tensors, seed }: PoolOptions): WorkerSpec[] {
  const series = rangeVolatility

  return [
    {
      name: 'ewma',
      confidence: 0.2,
      create: () => ewma({ series, halfLife: 3 }),
    },
    {
      name: 'har',
      confidence: 0.2,
      create: () => har({ series, constant: true, memory: 2000, penalty: 1e-4 }),
    },
    {
      name: 'ridge',
      confidence: 0.2,
      create: () => ridge({ series, lags: 15, constant: true, memory: 1000, penalty: 0.01 }),
    },
    {
      name: 'garch',
      confidence: 0.2,
      create: () => garch({ series, memory: 1500 }),
    },
    {
      name: 'carr',
      confidence: 0.6,
      create: () => carr({ series, memory: 500 }),
    },
    {
      name: 'leverage',
      confidence: 1,
      create: () => leverage({ memory: 1500 }),
    },
    {
      name: 'activity',
      confidence: 1,
      create: () => activity({ memory: 2000 }),
    },
    {
      name: 'neighbours',
      confidence: 0.3,
      create: () => neighbours({ target: series, features: likeness, count: 25 }),
    },
    {
      name: 'mlp',
      confidence: 1,
      create: () => mlp({ ...perceptrons.volatility, tensors, seed }),
    },
  ]
}
