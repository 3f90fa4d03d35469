import type { History } from '../../sources/history.ts'
import type { Series } from '../../sources/series.ts'

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
