import type { History } from '@auspex/workers'
import {
  closeOf,
  ewma,
  har,
  largeMove,
  lastValue,
  pool,
  rangeVolatility,
} from '@auspex/workers/models'
import type { PoolOptions, Question, WorkerSpec } from '@auspex/workers/models'
import { mean } from 'simple-statistics'
import { copier, lazy, liar } from './behaviours.ts'

/** A worker of the demo: one of the product's models, or one of three who do not work honestly. */
export interface CastMember extends WorkerSpec {
  readonly kind: 'honest' | 'liar' | 'lazy' | 'copier'
}

/** Days of a trading month. */
const MONTH = 22

/** Who answers one of the demo's questions: the honest pool, a liar, a lazy one and a copier, in this order. */
export function castOf(options: PoolOptions & { question: Question['name'] }): CastMember[] {
  const honest = pool(options).map((spec) => ({ ...spec, kind: 'honest' as const }))
  return [...honest, ...crooks[options.question]]
}

const crooks: Readonly<Record<Question['name'], readonly CastMember[]>> = {
  close: [
    {
      name: 'liar',
      kind: 'liar',
      confidence: 0.6,
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
      confidence: 0.4,
      create: () => copier({ series: closeOf }),
    },
  ],
  volatility: [
    {
      name: 'liar',
      kind: 'liar',
      confidence: 0.8,
      create: () =>
        liar({
          forecaster: har({
            series: rangeVolatility,
            constant: true,
            memory: 2000,
            penalty: 1e-4,
          }),
          lie: (x) => 1.5 * x,
        }),
    },
    {
      name: 'lazy',
      kind: 'lazy',
      confidence: 0.3,
      create: () => lazy({ series: rangeVolatility, every: 10 }),
    },
    {
      name: 'copier',
      kind: 'copier',
      confidence: 0.5,
      create: () => copier({ series: rangeVolatility }),
    },
  ],
  move: [
    {
      name: 'liar',
      kind: 'liar',
      confidence: 0.8,
      create: () =>
        liar({ forecaster: ewma({ series: largeMove, halfLife: 15 }), lie: (x) => 1 - x }),
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
  ],
}

/** Share of large moves in the last month. */
function monthlyRate(history: History, end: number): number {
  const start = Math.max(0, end - MONTH + 1)
  return mean(Array.from({ length: end - start + 1 }, (_, i) => largeMove(history, start + i)))
}
