import type { History } from './history.ts'

/** Logarithm of the way from the close back to the middle of the bar's range. */
export function wayBack(history: History, index: number): number {
  const { high, low, close } = history.at(index)
  return Math.log((high + low) / 2 / close)
}
