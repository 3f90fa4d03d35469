import type { History } from '../../sources/history.ts'
import { logReturn } from '../../sources/logReturn.ts'
import { rangeVolatility } from '../../sources/rangeVolatility.ts'
import { positive } from '../maths/positive.ts'
import { sum } from '../maths/sum.ts'
import { dailySigma } from './dailySigma.ts'
import { means } from './means.ts'
import { window } from './window.ts'

/** Coordinates in which two days lie close when their markets felt alike: tension and direction. */
export function likeness(history: History, end: number): number[] {
  const windows = [1, 5, 22]
  const levels = means({ history, series: rangeVolatility, end, windows }).map(positive)
  const sigma = dailySigma(levels[2]!)
  const returns = window({ history, series: logReturn, end, size: 5 }).map((move) => move / sigma)
  const [day, week, month] = levels.map(Math.log)
  return [day! / 2, week!, month!, returns.at(-1)! / 4, sum(returns) / 4]
}
