import { at } from '../../lib/checks.ts'
import { createRandom } from '@auspex/workers/models'
import { quantile } from '../../lib/statistics.ts'
import type { RuleName } from '../rules/peers.ts'
import type { TopicResult } from './replayTopic.ts'

/** Running sums of losses over a common calendar of rounds: `sums[topic][i]` covers rounds before i. */
type LossPanel = {
  rounds: number
  /** most rounds a truth was waited for */
  lag: number
  sums: Readonly<Record<string, readonly Float64Array[]>>
}

/** Lines up the losses of some rules over the rounds of all topics. */
export function lossPanel({
  results,
  rules,
}: {
  results: readonly TopicResult[]
  rules: readonly RuleName[]
}): LossPanel {
  const calendar = [
    ...new Set(results.flatMap(({ topic }) => topic.rounds.map(({ number }) => number))),
  ].sort((a, b) => a - b)
  const place = new Map(calendar.map((number, i) => [number, i]))
  const running = ({ topic, losses }: TopicResult, rule: RuleName) => {
    const sums = new Float64Array(calendar.length + 1)
    topic.rounds.forEach(({ number }, i) => {
      sums[(place.get(number) ?? 0) + 1] = at(losses[rule], i)
    })
    for (let i = 1; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (sums[i - 1] ?? 0)
    return sums
  }

  return {
    rounds: calendar.length,
    lag: results.reduce(
      (most, { topic }) => topic.rounds.reduce((longest, { lag }) => Math.max(longest, lag), most),
      0,
    ),
    sums: Object.fromEntries(
      rules.map((rule) => [rule, results.map((result) => running(result, rule))]),
    ),
  }
}

const SEED = 20_230_901

export type Interval = { low: number; high: number }

/**
 * A 95 % interval of a loss ratio (geometric mean over topics). Blocks of consecutive rounds are drawn
 * with replacement, the same for every topic, so that what topics share in time stays shared.
 */
export function bootstrapRatio({
  panel,
  rule,
  against,
  resamples = 1000,
}: {
  panel: LossPanel
  rule: RuleName
  against: RuleName
  resamples?: number
}): Interval {
  const random = createRandom(SEED)
  const size = Math.min(panel.rounds, Math.max(panel.lag + 1, Math.round(Math.cbrt(panel.rounds))))
  const blocks = Math.ceil(panel.rounds / size)
  const own = panel.sums[rule] ?? []
  const other = panel.sums[against] ?? []

  const ratios = Array.from({ length: resamples }, () => {
    const starts = Array.from({ length: blocks }, () =>
      Math.floor(random() * (panel.rounds - size + 1)),
    )
    let logs = 0
    let topics = 0
    own.forEach((sums, topic) => {
      const numerator = over({ sums, starts, size })
      const denominator = over({ sums: at(other, topic), starts, size })
      if (!(numerator > 0) || !(denominator > 0)) return
      logs += Math.log(numerator / denominator)
      topics++
    })
    return topics === 0 ? NaN : Math.exp(logs / topics)
  }).filter((ratio) => !Number.isNaN(ratio))

  if (ratios.length === 0) return { low: NaN, high: NaN }

  return {
    low: quantile({ values: ratios, share: 0.025 }),
    high: quantile({ values: ratios, share: 0.975 }),
  }
}

function over({
  sums,
  starts,
  size,
}: {
  sums: Float64Array
  starts: readonly number[]
  size: number
}): number {
  let part = 0
  for (const start of starts) part += (sums[start + size] ?? 0) - (sums[start] ?? 0)

  return part
}
