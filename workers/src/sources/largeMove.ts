import type { History } from './history.ts'

const LARGE = 0.01

/** 1 when the close moved by more than 1 % from the close before, otherwise 0. */
export function largeMove(history: History, index: number): number {
  if (index === 0) return 0
  const before = history.at(index - 1).close
  return Math.abs(history.at(index).close - before) > LARGE * before ? 1 : 0
}
