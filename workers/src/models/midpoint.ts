import { logReturn } from '../sources/logReturn.ts'
import { wayBack } from '../sources/wayBack.ts'
import type { Forecaster } from './forecaster.ts'
import { regress } from './regress.ts'

/** Next return as a learned share of the way back from the close to the middle of the day's range. */
export function midpoint(options: { memory: number; penalty: number }): Forecaster {
  return regress({
    name: 'midpoint',
    target: logReturn,
    features: (history, end) => [wayBack(history, end)],
    size: 1,
    constant: false,
    ...options,
  })
}
