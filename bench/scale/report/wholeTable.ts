import { at } from '../../lib/checks.ts'
import { formatTable } from '@auspex/workers'
import { ratesOf } from '../measure/costs.ts'
import { heapPerTopic } from '../measure/measureTopics.ts'
import { format } from './format.ts'
import type { Report } from './toJson.ts'

/** The figures a reader asks for first. */
export function wholeTable({ options, seats, topics }: Report): string {
  const { seats: each, rounds } = options
  const largest = at(topics.sizes, topics.sizes.length - 1)
  const widest = at(seats.sizes, seats.sizes.length - 1)
  const many = ratesOf({ rounds: largest.rounds, topics: largest.topics })
  const wide = ratesOf({ rounds: widest.rounds, topics: 1 })
  const [first, last] = [at(largest.weights, 0), at(largest.weights, largest.weights.length - 1)]
  const predictions = largest.topics * each * rounds

  const name = `${format.whole(largest.topics)} topics of ${each} workers`
  return formatTable({
    header: [`what (${name}, ${rounds} rounds)`, 'figure'],
    rows: [
      ['rounds per minute, workers and reputer in turn', format.whole(many.roundsPerMinute)],
      ['rounds per minute, reputer alone', format.whole(many.reputerRoundsPerMinute)],
      [
        `rounds per minute of one topic of ${widest.seats} workers`,
        format.tenths(wide.roundsPerMinute),
      ],
      ['reputer heap, before the first round', format.mib(first.heap)],
      ['reputer heap, after the last', format.mib(last.heap)],
      ['reputer heap, a topic more', format.kib(heapPerTopic(topics.sizes))],
      ['reputer resident, at most', format.mib(last.peak)],
      ['desk of the reputer on disk', format.mib(largest.desk)],
      ['desk, a round of a topic', format.kib(largest.desk / largest.topics / rounds)],
      ['desk, a prediction', format.kib(largest.desk / predictions)],
      ['journal of all workers on disk', format.mib(largest.journal)],
      ['journal, a prediction', format.kib(largest.journal / predictions)],
    ],
  })
}
