import type { History } from './history.ts'

const LARGE = 0.01

/** 1 when the close moved by more than 1 % from the close before, otherwise 0. */
export function largeMove(history: History, index: number): number {
  if (index === 0) return 0
  const change = history.at(index).close / history.at(index - 1).close - 1
  return Math.abs(change) > LARGE ? 1 : 0
}
