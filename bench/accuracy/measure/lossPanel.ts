import { at } from '../../lib/at.ts'
import type { RuleName } from '../rules/RuleName.ts'
import type { TopicResult } from './TopicResult.ts'

/** Running sums of losses over a common calendar of rounds: `sums[topic][i]` covers rounds before i. */
export type LossPanel = {
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
