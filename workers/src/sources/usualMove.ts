import type { History } from './history.ts'
import { logReturn } from './logReturn.ts'

const MONTH = 22
const LEAST = 1e-4

/** Mean size of the last month's daily returns; never zero, so that it can divide. */
export function usualMove(history: History, index: number): number {
  const start = Math.max(0, index - MONTH + 1)
  let total = 0
  for (let i = start; i <= index; i++) total += Math.abs(logReturn(history, i))
  return Math.max(LEAST, total / (index - start + 1))
}
