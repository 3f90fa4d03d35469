import { at } from '../../lib/at.ts'
import type { TopicResult } from '../measure/TopicResult.ts'
import type { Chart } from './Chart.ts'
import { colors } from './colors.ts'
import { thin } from './thin.ts'

const POINTS = 160
const NAMED = 7

/** Who spoke in a topic, round by round: the two house experts, the heaviest workers, and the rest. */
export function weightsOverTime({ topic, shares }: TopicResult): Chart {
  const places = thin({ list: shares.map((_, i) => i), most: POINTS })
  const sums = new Map<string, number>()
  for (const { workers } of shares) {
    for (const [worker, share] of workers) sums.set(worker, (sums.get(worker) ?? 0) + share)
  }
  const heaviest = [...sums].sort((a, b) => b[1] - a[1]).slice(0, NAMED)

  const named = [
    { name: 'house: median', values: places.map((i) => at(shares, i).anchor) },
    { name: 'house: debiased mean', values: places.map((i) => at(shares, i).mean) },
    ...heaviest.map(([worker]) => ({
      name: worker,
      values: places.map((i) => at(shares, i).workers.get(worker) ?? 0),
    })),
  ]
  const rest = {
    name: 'all others',
    values: places.map((_, j) =>
      Math.max(1 - named.reduce((sum, { values }) => sum + at(values, j), 0), 0),
    ),
  }

  return {
    title: 'weights over time',
    rounds: places.map((i) => at(topic.rounds, i).number),
    range: [0, 1],
    series: [...named, rest].map((series, i) => ({ ...series, color: at(colors, i) })),
    write: (value) => `${(100 * value).toFixed(0)} %`,
  }
}
