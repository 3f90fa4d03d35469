import { SETTLED_AFTER } from '../measure/measureSeats.ts'
import { catchUpTable } from './catchUpTable.ts'
import { format } from './format.ts'
import type { Report } from './toJson.ts'
import { topicsTable } from './topicsTable.ts'
import { wholeTable } from './wholeTable.ts'
import { workersTable } from './workersTable.ts'

/** The report as tables in plain text. */
export function toText(report: Report): string {
  const { options, machine, seconds, seats, topics } = report
  const { line, beyond, deviation, tolerance, holds } = seats.linearity
  const { growth, catchUp } = topics
  const seated = options.topics * options.seats

  return [
    ...section('What was run', [
      `${format.whole(options.topics)} topics at once with ${options.seats} workers each (${format.whole(seated)} seats), ${options.rounds} rounds each, all due at the same moment.`,
      ...(options.rounds === 1
        ? ['Their first round is the dearest: it writes what later ones only change.']
        : []),
      `One topic after the other with up to ${options.widest} workers, ${SETTLED_AFTER} rounds each; the last one is told of.`,
      'Chain and workers share one process, the reputer has its own and reaches both over loopback.',
      `${machine.cores} cores, Node ${machine.node}, ${format.whole(seconds)} s.`,
    ]),
    ...section('How cost grows with workers, in one topic', [
      workersTable({ sizes: seats.sizes, of: 'gas' }),
      '',
      workersTable({ sizes: seats.sizes, of: 'ms' }),
      '',
      'The aggregate goes out in the same transaction as the last reveal, and the settlement with the truth.',
      `Gas is ${format.whole(line.fixed)} and ${format.whole(line.slope)} for each worker, by all sizes but the largest.`,
      `The largest lies ${format.percent(beyond)} off that line, all within ${format.percent(deviation)}: ${verdict(holds, 'linear', tolerance)}`,
    ]),
    ...section('How cost grows with topics', [
      topicsTable({ sizes: topics.sizes }),
      '',
      'Transactions and calls to the chain: of a round, and of a look at all topics while there is nothing to do.',
      `Gas of a topic's round lies at most ${format.percent(growth.growth)} above that among fewer topics: ${verdict(growth.holds, 'no dearer', growth.tolerance)}`,
    ]),
    ...section('The whole', [wholeTable(report)]),
    ...section('Catching up', [catchUpTable({ catchUp })]),
    '',
    report.holds ? 'All holds.' : 'NOT all holds.',
  ].join('\n')
}

function verdict(holds: boolean, what: string, tolerance: number): string {
  return `${holds ? what : `NOT ${what}`} (up to ${format.percent(tolerance)}).`
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', title, '', ...lines]
}
