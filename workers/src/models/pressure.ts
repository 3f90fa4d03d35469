import { logReturn } from '../sources/logReturn.ts'
import { scaledReturn } from '../sources/scaledReturn.ts'
import { usualMove } from '../sources/usualMove.ts'
import { wayBack } from '../sources/wayBack.ts'
import { means } from './features/means.ts'
import type { Forecaster } from './forecaster.ts'
import { regress } from './regress.ts'

/** Next return, in usual moves, from the week's move and how far from its middle the day closed. */
export function pressure(options: { memory: number; penalty: number }): Forecaster {
  return regress({
    name: 'pressure',
    target: scaledReturn,
    features(history, end) {
      const usual = usualMove(history, end)
      const [week] = means({ history, series: logReturn, end, windows: [5] })
      return [week! / usual, wayBack(history, end) / usual]
    },
    size: 2,
    constant: false,
    ...options,
  })
}
