import { formatTable } from '@auspex/workers'
import type { StretchesReport, StretchReport, TopicReport } from './toReport.ts'

const NOTES = [
  'Loss is the mean squared error; the aggregate has the smaller one where a ratio is below 1.',
  'best: the worker with the least loss in hindsight. liar, lazy: what is left of their stakes.',
  'taking part: most that a worker was paid for it, against what the best won from game and peers.',
  'workers, keepers: what they received from the pool, tokens, losses to it counted. pool: its change,',
  'as a share of the wagers.',
]

/** The report for people. */
export function toText({ topics }: StretchesReport): string {
  return [...topics.flatMap((topic) => [topic.name, tableOf(topic), '']), ...NOTES].join('\n')
}

function tableOf({ againstMean, againstBest, stretches }: TopicReport): string {
  return formatTable({
    header: [
      'from',
      'rounds',
      'to mean',
      'to best',
      'best',
      'liar',
      'lazy',
      'taking part',
      'workers',
      'keepers',
      'pool',
    ],
    rows: [
      ...stretches.map(rowOf),
      ['geometric mean', '', againstMean.toFixed(4), againstBest.toFixed(4)],
    ],
  })
}

function rowOf(stretch: StretchReport): string[] {
  return [
    stretch.from,
    String(stretch.rounds),
    stretch.againstMean.toFixed(4),
    stretch.againstBest.toFixed(4),
    stretch.best,
    stretch.liar.toFixed(2),
    stretch.lazy.toFixed(2),
    stretch.takingPart.toFixed(3),
    stretch.toWorkers.toFixed(0),
    stretch.toKeepers.toFixed(0),
    `${(100 * stretch.poolChange).toFixed(3)} %`,
  ]
}
