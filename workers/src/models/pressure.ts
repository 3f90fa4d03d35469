import { scaledReturn } from '../sources/scaledReturn.ts'
import { returnState } from './features/returnState.ts'
import type { Forecaster } from './forecaster.ts'
import { regress } from './regress.ts'

/** Next return, in usual moves, from the latest moves and where in its range the day closed. */
export function pressure(options: { memory: number; penalty: number }): Forecaster {
  return regress({
    name: 'pressure',
    target: scaledReturn,
    features: (history, end) => [1, ...returnState(history, end)],
    size: 6,
    ...options,
  })
}
