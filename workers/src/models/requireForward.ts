import type { History } from '../sources/history.ts'

/** What was learned cannot be forgotten bar by bar, so a forecaster never goes back in time. */
export function requireForward(turn: { name: string; seen: number; history: History }): void {
  const { name, seen, history } = turn
  if (history.length >= seen) return
  throw new Error(`${name} has learned from ${seen} bars and cannot go back to ${history.length}`)
}
