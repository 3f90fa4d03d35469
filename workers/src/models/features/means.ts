import type { History } from '../../sources/history.ts'
import type { Series } from '../../sources/series.ts'
import { mean } from '../maths/mean.ts'
import { window } from './window.ts'

/** The means of a series over the last bars, one for each window. */
export function means(view: {
  history: History
  series: Series
  end: number
  windows: readonly number[]
}): number[] {
  const longest = window({ ...view, size: Math.max(...view.windows) })
  return view.windows.map((size) => mean(longest.slice(-size)))
}
