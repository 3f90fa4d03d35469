import type { History } from './history.ts'

/** The closing price. */
export function closeOf(history: History, index: number): number {
  return history.at(index).close
}
