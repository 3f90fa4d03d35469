import type { History } from './history.ts'
import { logReturn } from './logReturn.ts'

const MONTH = 22
const FIRST_GUESS = 0.01

/**
 * Mean size of the last month's daily returns, with one guess of 1 % among them: it never is zero,
 * so that it can divide.
 */
export function usualMove(history: History, index: number): number {
  const start = Math.max(1, index - MONTH + 1)
  let total = FIRST_GUESS
  for (let i = start; i <= index; i++) total += Math.abs(logReturn(history, i))
  return total / (index - start + 2)
}
