import type { History } from './history.ts'
import { logReturn } from './logReturn.ts'
import { usualMove } from './usualMove.ts'

/** The day's return in units of what was usual the day before: calm and wild years look alike. */
export function scaledReturn(history: History, index: number): number {
  return index === 0 ? 0 : logReturn(history, index) / usualMove(history, index - 1)
}
