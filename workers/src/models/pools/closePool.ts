import { closeOf } from '../../sources/closeOf.ts'
import { logReturn } from '../../sources/logReturn.ts'
import { scaledReturn } from '../../sources/scaledReturn.ts'
import { usualMove } from '../../sources/usualMove.ts'
import { copier } from '../behaviours/copier.ts'
import { lazy } from '../behaviours/lazy.ts'
import { liar } from '../behaviours/liar.ts'
import { ewma } from '../ewma.ts'
import { returnState } from '../features/returnState.ts'
import { har } from '../har.ts'
import { lastValue } from '../lastValue.ts'
import { mlp } from '../mlp.ts'
import { onReturns } from '../onReturns.ts'
import { pressure } from '../pressure.ts'
import { ridge } from '../ridge.ts'
import { rollingMean } from '../rollingMean.ts'
import type { PoolOptions, WorkerSpec } from './workerSpec.ts'

/** Prices are close to unpredictable: every model here stays near the last close. */
export function closePool({ tensors, seed }: PoolOptions): WorkerSpec[] {
  return [
    {
      name: 'lastValue',
      kind: 'honest',
      confidence: 0.6,
      create: () => lastValue({ series: closeOf }),
    },
    {
      name: 'drift',
      kind: 'honest',
      confidence: 0.5,
      create: () => onReturns({ forecaster: rollingMean({ series: logReturn, size: 1000 }) }),
    },
    {
      name: 'ewma',
      kind: 'honest',
      confidence: 0.5,
      create: () => ewma({ series: closeOf, halfLife: 0.3 }),
    },
    {
      name: 'reversal',
      kind: 'honest',
      confidence: 0.7,
      create: () =>
        onReturns({ forecaster: ridge({ series: logReturn, lags: 1, memory: 1000, penalty: 1 }) }),
    },
    {
      name: 'ridge-week',
      kind: 'honest',
      confidence: 0.6,
      create: () =>
        onReturns({ forecaster: ridge({ series: logReturn, lags: 5, memory: 250, penalty: 1 }) }),
    },
    {
      name: 'ridge-fortnight',
      kind: 'honest',
      confidence: 0.6,
      create: () =>
        onReturns({
          forecaster: ridge({ series: logReturn, lags: 10, memory: 1000, penalty: 3 }),
        }),
    },
    {
      name: 'har',
      kind: 'honest',
      confidence: 0.4,
      create: () => onReturns({ forecaster: har({ series: logReturn, memory: 2500 }) }),
    },
    {
      name: 'pressure',
      kind: 'honest',
      confidence: 0.7,
      create: () =>
        onReturns({ forecaster: pressure({ memory: 1000, penalty: 3 }), scale: usualMove }),
    },
    {
      name: 'mlp',
      kind: 'honest',
      confidence: 0.4,
      create: () =>
        onReturns({
          forecaster: mlp({
            tensors,
            target: scaledReturn,
            kind: 'value',
            features: returnState,
            size: 5,
            penalty: 0.3,
            seed,
          }),
          scale: usualMove,
        }),
    },
    {
      name: 'liar',
      kind: 'liar',
      confidence: 0.8,
      create: () => liar({ forecaster: lastValue({ series: closeOf }), lie: (x) => 1.02 * x }),
    },
    {
      name: 'lazy',
      kind: 'lazy',
      confidence: 0.3,
      create: () => lazy({ series: closeOf, every: 5 }),
    },
    {
      name: 'copier',
      kind: 'copier',
      confidence: 0.5,
      create: () => copier({ series: closeOf }),
    },
  ]
}
