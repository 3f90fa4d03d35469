import { longRunVariance } from '@auspex/workers/models'
import { at } from '../../lib/checks.ts'
import { mean, total } from '../../lib/statistics.ts'
import type { RuleName } from '../rules/peers.ts'
import type { TopicResult } from './replayTopic.ts'

/**
 * Diebold-Mariano statistic of ours against another rule: the mean difference of losses, scaled per
 * topic and pooled per round, in units of its autocorrelation-robust error (Newey and West). Negative
 * where ours loses less; beyond -+1.96 at the 95 % level. Undefined where the two never differ.
 */
export function dieboldMariano({
  results,
  against,
}: {
  results: readonly TopicResult[]
  against: RuleName
}): number | undefined {
  const pooled = new Map<number, number>()
  let lag = 0

  for (const { topic, losses } of results) {
    const scale = total(losses.mean) || 1
    topic.rounds.forEach((round, i) => {
      const difference = (at(losses.ours, i) - at(losses[against], i)) / scale
      pooled.set(round.number, (pooled.get(round.number) ?? 0) + difference)
      lag = Math.max(lag, round.lag)
    })
  }

  const series = [...pooled.entries()].sort(([a], [b]) => a - b).map(([, value]) => value)
  const centre = mean(series)
  const centred = series.map((value) => value - centre)
  const bandwidth = Math.min(series.length - 1, Math.max(lag, Math.floor(Math.cbrt(series.length))))
  const variance = longRunVariance(centred, bandwidth)
  if (!(variance > 0)) return undefined

  return centre / Math.sqrt(variance / series.length)
}
