import type { History } from './history.ts'

/** Logarithm of the close over the close before; the first bar has none and counts as unmoved. */
export function logReturn(history: History, index: number): number {
  if (index === 0) return 0
  return Math.log(history.at(index).close / history.at(index - 1).close)
}
