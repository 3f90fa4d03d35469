import type { History } from '../../sources/history.ts'
import { logReturn } from '../../sources/logReturn.ts'
import { usualMove } from '../../sources/usualMove.ts'
import { mean } from '../maths/mean.ts'
import { window } from './window.ts'

/** The moves of the last day, week and month in usual daily moves, and where the day closed. */
export function returnState(history: History, end: number): number[] {
  const usual = usualMove(history, end)
  const returns = window({ history, series: logReturn, end, size: 22 }).map((x) => x / usual)
  const { high, low, close } = history.at(end)
  const place = high > low ? (close - low) / (high - low) - 0.5 : 0
  const today = returns.at(-1)!
  return [today, mean(returns.slice(-5)), mean(returns), place, Math.min(0, today)]
}
