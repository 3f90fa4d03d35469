import { formatTable } from '@auspex/workers'
import { bootstrapRatio, lossPanel } from '../measure/bootstrapRatio.ts'
import type { Interval } from '../measure/bootstrapRatio.ts'
import { dieboldMariano } from '../measure/dieboldMariano.ts'
import { intervalQuality } from '../measure/intervalQuality.ts'
import { lossRatio, ratioToBest } from '../measure/ratios.ts'
import { countRows } from '../measure/replayTopic.ts'
import type { PanelResult, TopicResult } from '../measure/replayTopic.ts'
import { ruleNames } from '../rules/peers.ts'
import type { PeerName } from '../rules/peers.ts'

/** Rules that every single topic is compared with. */
const CLOSE_UP: readonly PeerName[] = ['mean', 'median', 'alloraClassic', 'alloraCurrent']

/** The report for people: what each rule lost, pooled by family and topic by topic. */
export function toText(panels: readonly PanelResult[]): string {
  return [...panels.map((panel) => [headline(panel), ...tables(panel)].join('\n\n')), NOTES].join(
    '\n\n\n',
  )
}

const NOTES = [
  'Loss: summed squared error, geometric mean over topics. Ratios below 1 favour the one named first.',
  '95 %: block bootstrap over rounds. DM: Diebold-Mariano, ours against the rule; negative where ours',
  'loses less, beyond -1.96 significantly. best: best single worker in hindsight, present in at least',
  "half of the rounds. width: full width of our interval in units of the equal mean's rmse.",
].join('\n')

function headline({ panel, results }: PanelResult): string {
  const { rounds, workers } = countRows(results)
  const counts = `${results.length} topics, ${rounds} rounds, ${workers} workers`

  return `${panel.file}: ${panel.family} (${counts}; ${panel.leftOut} topics left out)`
}

function tables({ results }: PanelResult): string[] {
  if (results.length === 0) return ['nothing to compare']

  return [pooled(results), interval(results), byTopic(results)]
}

function pooled(results: readonly TopicResult[]): string {
  const panel = lossPanel({ results, rules: ruleNames })

  return formatTable({
    header: ['rule', 'rule/mean', '95 %', 'rule/best', 'ours/rule', '95 %', 'DM'],
    rows: ruleNames.map((rule) => [
      rule,
      format.ratio(lossRatio({ results, rule, against: 'mean' })),
      format.interval(bootstrapRatio({ panel, rule, against: 'mean' })),
      format.ratio(ratioToBest({ results, rule })),
      format.ratio(lossRatio({ results, rule: 'ours', against: rule })),
      format.interval(bootstrapRatio({ panel, rule: 'ours', against: rule })),
      rule === 'ours' ? '-' : format.statistic(dieboldMariano({ results, against: rule })),
    ]),
  })
}

function interval(results: readonly TopicResult[]): string {
  const quality = intervalQuality(results)
  const coverage = format.share(quality?.coverage)

  return `interval: coverage ${coverage} of a promised 90 %, width ${format.ratio(quality?.width)}`
}

function byTopic(results: readonly TopicResult[]): string {
  return formatTable({
    header: [
      'topic',
      'rounds',
      'workers',
      ...CLOSE_UP.flatMap((rule) => [`ours/${rule}`, '95 %', 'DM']),
      'ours/best',
      'coverage',
      'width',
    ],
    rows: results.map((result) => {
      const alone = [result]
      const panel = lossPanel({ results: alone, rules: ['ours', ...CLOSE_UP] })
      const { rounds, workers } = countRows(alone)
      const quality = intervalQuality(alone)

      return [
        result.topic.name,
        String(rounds),
        String(workers),
        ...CLOSE_UP.flatMap((against) => [
          format.ratio(lossRatio({ results: alone, rule: 'ours', against })),
          format.interval(bootstrapRatio({ panel, rule: 'ours', against })),
          format.statistic(dieboldMariano({ results: alone, against })),
        ]),
        format.ratio(ratioToBest({ results: alone, rule: 'ours' })),
        format.share(quality?.coverage),
        format.ratio(quality?.width),
      ]
    }),
  })
}

/** Numbers as the report writes them; a dash where there is none. */
export const format = {
  ratio: (value: number | undefined) => number(value, 3),
  statistic: (value: number | undefined) => number(value, 1),
  share: (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? '-' : `${(100 * value).toFixed(1)} %`,
  interval: ({ low, high }: Interval) => `${number(low, 3)}..${number(high, 3)}`,
}

function number(value: number | undefined, digits: number): string {
  return value === undefined || !Number.isFinite(value) ? '-' : value.toFixed(digits)
}
