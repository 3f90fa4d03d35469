import type { History } from '../../sources/history.ts'
import { logReturn, rangeVolatility } from '../../sources/series.ts'
import { means, window } from './window.ts'
import { positive, sum } from '../maths/numbers.ts'

/** How wide the last day to quarter ranged, and where the price went in usual daily moves. */
export function volatilityState(history: History, end: number): number[] {
  const levels = means({ history, series: rangeVolatility, end, windows: [1, 3, 8, 22, 66] }).map(
    positive,
  )
  const sigma = dailySigma(levels[3]!)
  const returns = window({ history, series: logReturn, end, size: 10 }).map((move) => move / sigma)
  return [...levels.map(Math.log), ...[1, 3, 10].map((days) => sum(returns.slice(-days)))]
}

const TRADING_DAYS = 252

/** A volatility in per cent a year as the size of one day's logarithmic return. */
export function dailySigma(volatility: number): number {
  return volatility / (100 * Math.sqrt(TRADING_DAYS))
}

/** Coordinates in which two days lie close when their markets felt alike: tension and direction. */
export function likeness(history: History, end: number): number[] {
  const windows = [1, 5, 22]
  const levels = means({ history, series: rangeVolatility, end, windows }).map(positive)
  const sigma = dailySigma(levels[2]!)
  const returns = window({ history, series: logReturn, end, size: 5 }).map((move) => move / sigma)
  const [day, week, month] = levels.map(Math.log)
  return [day! / 2, week!, month!, returns.at(-1)! / 4, sum(returns) / 4]
}
