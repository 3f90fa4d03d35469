import type { History } from '../../sources/history.ts'
import { logReturn } from '../../sources/logReturn.ts'
import { rangeVolatility } from '../../sources/rangeVolatility.ts'
import { dailySigma } from './dailySigma.ts'
import { means } from './means.ts'
import { positive } from '../maths/positive.ts'
import { sum } from '../maths/sum.ts'
import { window } from './window.ts'

/** How wide the last day to quarter ranged, and where the price went in usual daily moves. */
export function volatilityState(history: History, end: number): number[] {
  const levels = means({ history, series: rangeVolatility, end, windows: [1, 3, 8, 22, 66] }).map(
    positive,
  )
  const sigma = dailySigma(levels[3]!)
  const returns = window({ history, series: logReturn, end, size: 10 }).map((move) => move / sigma)
  return [...levels.map(Math.log), ...[1, 3, 10].map((days) => sum(returns.slice(-days)))]
}
