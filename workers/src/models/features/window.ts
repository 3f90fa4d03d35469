import type { History } from '../../sources/history.ts'
import type { Series } from '../../sources/series.ts'
import { mean } from '../maths/numbers.ts'

/** The last `size` values of a series up to `end`, oldest first; fewer where the history is short. */
export function window(view: {
  history: History
  series: Series
  end: number
  size: number
}): number[] {
  const { history, series, end, size } = view
  const start = Math.max(0, end - size + 1)
  return Array.from({ length: end - start + 1 }, (_, offset) => series(history, start + offset))
}

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

/** What was known at the close of a bar, as numbers. */
export type Features = (history: History, end: number) => number[]
