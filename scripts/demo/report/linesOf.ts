import { formatTable } from '@auspex/workers'
import { consumerLines } from './consumerLines.ts'
import { percentText } from './formats.ts'
import { ledgerLine } from './ledgerLine.ts'
import { GAINS, poolLine } from './poolLine.ts'
import { reputerRows } from './reputerRows.ts'
import type { Report } from '../books/closeBooks.ts'
import type { Summary } from '../books/summarise.ts'
import { topicRows } from './topicRows.ts'

/** The whole run in plain text. */
export function linesOf({ summaries, reputers, consumer, ledger }: Report): string[] {
  const lending =
    consumer === undefined
      ? []
      : [
          '',
          'VolatilityLending, a contract that reads the feed',
          ...indent(['', ...consumerLines(consumer)]),
        ]
  return [
    '',
    'Loss is the mean squared error; "aggregate to it" below zero means that the aggregate was better.',
    GAINS,
    ...summaries.flatMap((summary) => ['', ...topicLines(summary)]),
    '',
    'reputers, over all topics',
    ...indent(['', ...linesIn(reputerRows({ reputers }))]),
    ...lending,
    '',
    'tokens',
    ...indent(['', ledgerLine(ledger)]),
  ]
}

function topicLines(summary: Summary): string[] {
  const { topic, played, coverage } = summary
  const promised = played.filter(({ interval: each }) => each !== undefined).length
  const interval =
    coverage === undefined
      ? 'no interval was promised yet'
      : `the 90 % interval held the truth in ${percentText(coverage)} of ${promised}`

  return [
    `${topic.question.name}: ${topic.question.title}`,
    ...indent([
      `${played.length} rounds, ${played[0]?.date} to ${played.at(-1)?.date}; ${interval}`,
      '',
      ...linesIn(topicRows(summary)),
      '',
      poolLine(summary),
    ]),
  ]
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`))
}

function linesIn([header = [], ...rows]: readonly (readonly string[])[]): string[] {
  return formatTable({ header, rows, hasRule: false }).split('\n')
}
