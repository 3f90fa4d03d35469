import type { History } from '../../sources/history.ts'
import { logReturn, usualMove, wayBack } from '../../sources/series.ts'
import { mean } from '../maths/numbers.ts'
import { window } from './window.ts'

/** In usual moves: the last day, week and month, the way back to the middle, and a fall today. */
export function returnState(history: History, end: number): number[] {
  const usual = usualMove(history, end)
  const returns = window({ history, series: logReturn, end, size: 22 }).map((x) => x / usual)
  const today = returns.at(-1)!
  const middle = wayBack(history, end) / usual
  return [today, mean(returns.slice(-5)), mean(returns), middle, Math.min(0, today)]
}
