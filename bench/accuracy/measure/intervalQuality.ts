import { mean, total } from '../../lib/statistics.ts'
import type { TopicResult } from './replayTopic.ts'

/**
 * How often our interval held the truth, and how wide it was: full width in units of the equal mean's
 * root mean squared error of the topic, so that topics can be pooled.
 */
export function intervalQuality(
  results: readonly TopicResult[],
): { coverage: number; width: number } | undefined {
  const held: number[] = []
  const widths: number[] = []

  for (const { topic, losses, intervals } of results) {
    const error = Math.sqrt(total(losses.mean) / topic.rounds.length) || 1
    for (const interval of intervals) {
      if (interval === undefined) continue
      held.push(Number(interval.held))
      widths.push(interval.width / error)
    }
  }

  return held.length === 0 ? undefined : { coverage: mean(held), width: mean(widths) }
}
