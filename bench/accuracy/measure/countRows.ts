import type { TopicResult } from './TopicResult.ts'

/** Rounds of all topics together, and different workers. */
export function countRows(results: readonly TopicResult[]): { rounds: number; workers: number } {
  const workers = new Set<string>()
  let rounds = 0

  for (const { topic } of results) {
    rounds += topic.rounds.length
    for (const { entries } of topic.rounds) for (const { worker } of entries) workers.add(worker)
  }

  return { rounds, workers: workers.size }
}
