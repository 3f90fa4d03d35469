import type { AccuracyReport } from '../accuracy/report/toJson.ts'
import type { RuleName } from '../accuracy/rules/peers.ts'
import { format, markdownTable } from './tables.ts'

const shown: RuleName[] = [
  'median',
  'bestSoFar',
  'inverse',
  'boa',
  'mlpoly',
  'alloraClassic',
  'alloraCurrent',
]
const peers: RuleName[] = ['mean', 'alloraClassic', 'alloraCurrent']

export function accuracySection({ panels }: AccuracyReport): string {
  const rows = panels.map(({ family, topics, rounds, workers, rules, coverage }) => [
    family,
    format.whole(topics),
    format.whole(rounds),
    format.whole(workers),
    `**${format.ratio(rules.ours.ratioToMean)}**`,
    ...shown.map((rule) => format.ratio(rules[rule].ratioToMean)),
    coverage === null ? '' : format.percent(coverage),
  ])

  return `## Accuracy

\`\`\`sh
npm run bench:accuracy -- --data FILE.csv.gz --transform FAMILY=log1p
\`\`\`

Real forecasters' panels, replayed strictly online through the code that is equal to the contracts to the last bit: equal
stakes, full confidence, an interval of 90 %. Loss is the squared error against that of the equal mean, as the geometric mean
over a family's topics: below 1 is better. Counts of the hubs (eucovid, flusight, respicast) are taken as log1p.

${markdownTable({
  header: ['family', 'topics', 'rounds', 'workers', 'ours', ...shown, 'coverage'],
  rows,
})}

${verdict(panels)}`
}

function verdict(panels: AccuracyReport['panels']): string {
  const worse = panels.flatMap(({ family, rules }) =>
    peers.flatMap((peer) => {
      const ratio = rules.ours.ratioToMean / rules[peer].ratioToMean
      return ratio > 1 ? [`on ${family} it is ${format.percent(ratio - 1)} worse than ${peer}`] : []
    }),
  )
  if (worse.length === 0) return `Nowhere is ours worse than ${peers.join(', ')}.`
  return `Ours is no worse than ${peers.join(', ')}, but for this: ${worse.join('; ')}. There a median alone does better than any
rule that learns: the truth is a price, close to a random walk, and what is learnt about workers is mostly noise.`
}
