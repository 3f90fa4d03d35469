/* A topic's record as text: whole, and as the two tables of a data set. */
import { formatUnits } from 'viem'
import { NONE } from '../maths/learning.ts'
import { openTime, targetTime } from '../maths/schedule.ts'
import { roundsIn } from './record.ts'
import type { TopicRecord } from './record.ts'

const FORMAT = 'auspex-record-1'
const WHOLE = /^-?\d+n$/

/** A topic's record as JSON; whole numbers that JSON cannot hold are text that ends in n. */
export function recordToText(record: TopicRecord): string {
  const written = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)
  return `${JSON.stringify({ format: FORMAT, ...record }, written)}\n`
}

/** Reads what `recordToText` wrote; what is something else is named. */
export function recordFromText(
  text: string,
): { status: 'read'; record: TopicRecord } | { status: 'refused'; reason: string } {
  // Only the description is text of somebody else's, and stays text whatever it says.
  const revived = (name: string, value: unknown) =>
    typeof value === 'string' && name !== 'description' && WHOLE.test(value)
      ? BigInt(value.slice(0, -1))
      : value
  let read: Partial<TopicRecord> & { format?: unknown }
  try {
    read = JSON.parse(text, revived) as typeof read
  } catch {
    return { status: 'refused', reason: 'is no JSON' }
  }
  const { format, topic, terms, steps } = read
  if (format !== FORMAT || !topic || !terms || !Array.isArray(steps)) {
    return { status: 'refused', reason: 'is no record' }
  }
  return { status: 'read', record: { topic, terms, steps } }
}

/* TABLES */

type Cell = string | number | undefined

/** A column of a data set; doubles beside decimal text of the same. */
export type DatasetColumn = { name: string; type: 'STRING' | 'DOUBLE'; data: readonly Cell[] }

/** What the columns hold. Exact numbers are decimal text; a double of the same stands beside each value. */
export const datasetSchema = {
  rounds: {
    round: 'number of the round',
    opened: 'when it opened, unix seconds',
    target: 'the moment its value is a forecast of, unix seconds',
    status: 'settled, void, or what was reached',
    aggregate: 'what was published, a double',
    aggregateExact: 'the same with all its digits',
    low: 'lower end of the interval; empty while none is promised',
    high: 'upper end of it',
    truth: 'what happened, a double',
    truthExact: 'the same with all its digits',
  },
  predictions: {
    round: 'number of the round',
    worker: 'address of who said it',
    value: 'what was said, a double',
    valueExact: 'the same with all its digits',
    confidence: 'share of the budget that was wagered',
    wager: 'what was at risk, token base units',
    trust: 'what its record was worth as a weight, 1e18 fixed point',
  },
} as const

/** The tables of a data set by name. */
export function datasetTables(record: TopicRecord): {
  rounds: DatasetColumn[]
  predictions: DatasetColumn[]
} {
  return { rounds: roundsTable(record), predictions: predictionsTable(record) }
}

function roundsTable(record: TopicRecord): DatasetColumn[] {
  const { terms } = record
  const rounds = roundsIn(record)
  const of = (
    name: string,
    type: DatasetColumn['type'],
    cell: (each: (typeof rounds)[number]) => Cell,
  ) => ({
    name,
    type,
    data: rounds.map(cell),
  })
  return [
    of('round', 'DOUBLE', ({ round }) => Number(round)),
    of('opened', 'DOUBLE', ({ round }) => Number(openTime(terms, round))),
    of('target', 'DOUBLE', ({ round }) => Number(targetTime(terms, round))),
    of('status', 'STRING', statusOf),
    of('aggregate', 'DOUBLE', ({ outcome }) => doubleOf(outcome?.value)),
    of('aggregateExact', 'STRING', ({ outcome }) => exactOf(outcome?.value)),
    of('low', 'DOUBLE', ({ outcome }) => endOf(outcome, (each) => each.value - each.below)),
    of('high', 'DOUBLE', ({ outcome }) => endOf(outcome, (each) => each.value + each.above)),
    of('truth', 'DOUBLE', ({ truth }) => doubleOf(truth)),
    of('truthExact', 'STRING', ({ truth }) => exactOf(truth)),
  ]
}

function predictionsTable(record: TopicRecord): DatasetColumn[] {
  const said = roundsIn(record).flatMap(({ round, predictions }) =>
    predictions.map((each) => ({ ...each, round })),
  )
  const of = (
    name: string,
    type: DatasetColumn['type'],
    cell: (each: (typeof said)[number]) => Cell,
  ) => ({
    name,
    type,
    data: said.map(cell),
  })
  return [
    of('round', 'DOUBLE', ({ round }) => Number(round)),
    of('worker', 'STRING', ({ worker }) => worker),
    of('value', 'DOUBLE', ({ value }) => doubleOf(value)),
    of('valueExact', 'STRING', ({ value }) => exactOf(value)),
    of('confidence', 'DOUBLE', ({ confidence }) => Number(confidence) / 10_000),
    of('wager', 'STRING', ({ wager }) => String(wager)),
    of('trust', 'STRING', ({ trust }) => String(trust)),
  ]
}

type Rounds = ReturnType<typeof roundsIn>

function statusOf({ isSettled, isVoid, truth, outcome }: Rounds[number]): string {
  if (isVoid) return 'void'
  if (isSettled) return 'settled'
  if (truth !== undefined) return 'resolved'
  return outcome === undefined ? 'open' : 'published'
}

type Outcome = NonNullable<Rounds[number]['outcome']>

function endOf(outcome: Outcome | undefined, end: (outcome: Outcome) => bigint): Cell {
  return outcome === undefined || outcome.below === NONE ? undefined : doubleOf(end(outcome))
}

function doubleOf(value: bigint | undefined): number | undefined {
  return value === undefined ? undefined : Number(formatUnits(value, 18))
}

function exactOf(value: bigint | undefined): string | undefined {
  return value === undefined ? undefined : formatUnits(value, 18)
}

/** A table as CSV. No cell holds a comma, a quote or a line's end: numbers, addresses and words of this program alone. */
export function csvOf(columns: readonly DatasetColumn[]): string {
  const rows = (columns[0]?.data ?? []).map((_, i) =>
    columns.map(({ data }) => data[i] ?? '').join(','),
  )
  return `${[columns.map(({ name }) => name).join(','), ...rows].join('\n')}\n`
}
