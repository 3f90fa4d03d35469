import type { Chart } from '@auspex/workers/charts'
import { at } from '../../lib/checks.ts'
import { total } from '../../lib/statistics.ts'
import { lossPanel } from '../measure/bootstrapRatio.ts'
import type { TopicResult } from '../measure/replayTopic.ts'
import { peerNames, ruleNames } from '../rules/peers.ts'

/** Ten colours that stay apart for most eyes, the first for ours. */
const colors = [
  '#111827',
  '#2563eb',
  '#dc2626',
  '#059669',
  '#d97706',
  '#7c3aed',
  '#0891b2',
  '#be185d',
  '#65a30d',
  '#9ca3af',
] as const

const LOSS_POINTS = 240

/**
 * How far every rule has fallen behind ours since the first round: summed loss less ours, as a share of
 * what the equal mean lost by the end, averaged over topics. A rising line is a rule that loses more.
 */
export function cumulativeLoss({
  title,
  results,
}: {
  title: string
  results: readonly TopicResult[]
}): Chart {
  const panel = lossPanel({ results, rules: ruleNames })
  const scales = results.map(({ losses }) => total(losses.mean) || 1)
  const places = thin({
    list: Array.from({ length: panel.rounds + 1 }, (_, i) => i),
    most: LOSS_POINTS,
  })
  const lost = (rule: string, place: number) =>
    (panel.sums[rule] ?? []).reduce((sum, sums, topic) => {
      return sum + (sums[place] ?? 0) / at(scales, topic)
    }, 0) / results.length

  const ours = places.map((place) => lost('ours', place))
  const series = peerNames.map((name, i) => ({
    name,
    color: at(colors, 1 + (i % (colors.length - 1))),
    values: places.map((place, j) => lost(name, place) - at(ours, j)),
  }))

  return {
    title,
    places,
    series,
    format: '.1%',
  }
}

const WEIGHT_POINTS = 160
const NAMED = 7

/** Who spoke in a topic, round by round: the two house experts, the heaviest workers, and the rest. */
export function weightsOverTime({ topic, shares }: TopicResult): Chart {
  const places = thin({ list: shares.map((_, i) => i), most: WEIGHT_POINTS })
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
    kind: 'areas',
    places: places.map((i) => at(topic.rounds, i).number),
    within: { least: 0, most: 1 },
    series: [...named, rest].map((series, i) => ({ ...series, color: at(colors, i) })),
    format: '.0%',
  }
}

/** Every so many elements, the last one included, so that a chart stays light. */
function thin<T>({ list, most }: { list: readonly T[]; most: number }): T[] {
  const step = Math.max(Math.ceil(list.length / most), 1)

  return list.filter((_, i) => i % step === 0 || i === list.length - 1)
}
