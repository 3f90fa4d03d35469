import { closeOf, logReturn, usualMove } from '../../sources/series.ts'
import { ewma, lastValue } from '../families/averages.ts'
import { har, ridge } from '../families/autoregression.ts'
import type { Forecaster } from '../forecaster.ts'
import { mlp } from '../families/mlp.ts'
import { midpoint, onReturns, pressure } from '../families/returns.ts'
import { perceptrons } from './perceptrons.ts'
import type { PoolOptions, WorkerSpec } from './workerSpec.ts'

/** Prices are close to unpredictable: every model stays near the last close, one model an idea. */
export function closePool({ tensors, seed }: PoolOptions): WorkerSpec[] {
  return [
    {
      name: 'lastValue',
      confidence: 0.4,
      create: () => lastValue({ series: closeOf }),
    },
    {
      name: 'ewma',
      confidence: 0.7,
      create: () => ewma({ series: closeOf, halfLife: 0.3 }),
    },
    {
      name: 'reversal',
      confidence: 0.6,
      create: () =>
        onReturns({ forecaster: autoregression({ lags: 1, memory: 1000, penalty: 0.3 }) }),
    },
    {
      name: 'ridge',
      confidence: 0.6,
      create: () => onReturns({ forecaster: autoregression({ lags: 2, memory: 250, penalty: 1 }) }),
    },
    {
      name: 'har',
      confidence: 0.5,
      create: () =>
        onReturns({
          forecaster: har({ series: logReturn, constant: false, memory: 2500, penalty: 1 }),
        }),
    },
    {
      name: 'midpoint',
      confidence: 0.7,
      create: () => onReturns({ forecaster: midpoint({ memory: 1000, penalty: 0.3 }) }),
    },
    {
      name: 'pressure',
      confidence: 0.6,
      create: () =>
        onReturns({ forecaster: pressure({ memory: 2500, penalty: 0.3 }), scale: usualMove }),
    },
    {
      name: 'mlp',
      confidence: 0.5,
      create: () =>
        onReturns({
          forecaster: mlp({ ...perceptrons.close, tensors, seed }),
          scale: usualMove,
        }),
    },
  ]
}

function autoregression(options: { lags: number; memory: number; penalty: number }): Forecaster {
  return ridge({ series: logReturn, constant: false, ...options })
}
