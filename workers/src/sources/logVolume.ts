import type { History } from './history.ts'

/** Logarithm of the bar's volume, one added so that a bar without trades counts as zero. */
export function logVolume(history: History, index: number): number {
  return Math.log1p(history.at(index).volume)
}
