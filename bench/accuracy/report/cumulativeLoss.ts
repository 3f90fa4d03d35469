import { at } from '../../lib/at.ts'
import { lossPanel } from '../measure/lossPanel.ts'
import type { TopicResult } from '../measure/TopicResult.ts'
import { total } from '../measure/total.ts'
import { peerNames, ruleNames } from '../rules/ruleNames.ts'
import type { Chart } from './Chart.ts'
import { colors } from './colors.ts'
import { thin } from './thin.ts'

const POINTS = 240

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
  const places = thin({ list: Array.from({ length: panel.rounds + 1 }, (_, i) => i), most: POINTS })
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
    rounds: places,
    range: rangeOf(series.flatMap(({ values }) => values)),
    series,
    write: (value) => `${(100 * value).toFixed(1)} %`,
  }
}

function rangeOf(values: readonly number[]): [number, number] {
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)

  return low === high ? [low - 0.01, high + 0.01] : [low, high]
}
