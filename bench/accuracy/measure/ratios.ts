import { at } from '../../lib/checks.ts'
import { geometricMean, total } from '../../lib/statistics.ts'
import type { RuleName } from '../rules/peers.ts'
import type { TopicResult } from './replayTopic.ts'

/** Keeps a perfect rule's logarithm finite. */
const LEAST = 1e-300

/** Geometric mean over topics of one rule's summed loss against another's. */
export function lossRatio({
  results,
  rule,
  against,
}: {
  results: readonly TopicResult[]
  rule: RuleName
  against: RuleName
}): number {
  return geometricMean(
    results
      .map(({ losses }) => ({ own: total(losses[rule]), other: total(losses[against]) }))
      .filter(({ own, other }) => own > 0 || other > 0)
      .map(({ own, other }) => Math.max(own, LEAST) / Math.max(other, LEAST)),
  )
}

/**
 * A rule against the best single worker in hindsight. Candidates were present in at least half of the
 * topic-rounds; each is compared on the rounds it took part in, errors scaled per topic by the equal
 * mean's total; the worst of the ratios counts. Undefined where nobody was there often enough.
 */
export function ratioToBest({
  results,
  rule,
}: {
  results: readonly TopicResult[]
  rule: RuleName
}): number | undefined {
  const workers = new Map<string, { rounds: number; own: number; rule: number }>()
  let rounds = 0

  for (const { topic, losses } of results) {
    const scale = total(losses.mean) || 1
    rounds += topic.rounds.length
    topic.rounds.forEach(({ entries, truth }, i) => {
      const loss = at(losses[rule], i) / scale
      for (const { worker, prediction } of entries) {
        const sums = workers.get(worker) ?? { rounds: 0, own: 0, rule: 0 }
        sums.rounds++
        sums.own += (prediction - truth) ** 2 / scale
        sums.rule += loss
        workers.set(worker, sums)
      }
    })
  }

  const ratios = [...workers.values()]
    .filter((sums) => 2 * sums.rounds >= rounds && sums.own > 0)
    .map((sums) => sums.rule / sums.own)

  return ratios.length === 0 ? undefined : Math.max(...ratios)
}
