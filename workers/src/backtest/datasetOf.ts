/* A topic's past as tables: one of rounds, one of predictions, for whoever trains or judges models on it. */
import { createHash } from 'node:crypto'
import { roundsIn } from '@auspex/sdk'
import type { TopicRecord } from '@auspex/sdk'
import { NONE, openTime, targetTime } from '@auspex/sdk/maths'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { formatUnits } from 'viem'
import { recordToText } from './recordFile.ts'

type Cell = string | number | undefined
type Column = { name: string; type: 'STRING' | 'DOUBLE'; data: Cell[] }

/** A file of a data set. */
export type DatasetFile = { name: string; bytes: Uint8Array; sha256: string }

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

/** All files of a data set: tables as CSV and Parquet, the record whole, and a description with the hash of each. */
export function datasetOf({
  record,
  licence,
}: {
  record: TopicRecord
  licence: string
}): DatasetFile[] {
  const tables = { rounds: roundsTable(record), predictions: predictionsTable(record) }
  const files = Object.entries(tables).flatMap(([name, columns]) => [
    fileOf(`${name}.csv`, Buffer.from(csvOf(columns))),
    fileOf(`${name}.parquet`, new Uint8Array(parquetOf(columns))),
  ])
  files.push(fileOf('record.json', Buffer.from(recordToText(record))))
  const description = {
    topic: record.topic,
    question: record.terms.description,
    licence,
    schema: datasetSchema,
    files: files.map(({ name, sha256 }) => ({ name, sha256 })),
  }
  return [
    ...files,
    fileOf('dataset.json', Buffer.from(`${JSON.stringify(description, null, 2)}\n`)),
  ]
}

function roundsTable(record: TopicRecord): Column[] {
  const { terms } = record
  const rounds = roundsIn(record)
  const of = (
    name: string,
    type: Column['type'],
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

function predictionsTable(record: TopicRecord): Column[] {
  const said = roundsIn(record).flatMap(({ round, predictions }) =>
    predictions.map((each) => ({ ...each, round })),
  )
  const of = (name: string, type: Column['type'], cell: (each: (typeof said)[number]) => Cell) => ({
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

/** No cell holds a comma, a quote or a line's end: numbers, addresses and words of this program alone. */
function csvOf(columns: readonly Column[]): string {
  const rows = (columns[0]?.data ?? []).map((_, i) =>
    columns.map(({ data }) => data[i] ?? '').join(','),
  )
  return `${[columns.map(({ name }) => name).join(','), ...rows].join('\n')}\n`
}

function parquetOf(columns: readonly Column[]): ArrayBuffer {
  const columnData = columns.map((column) => ({ ...column, nullable: true }))
  return parquetWriteBuffer({ columnData })
}

function fileOf(name: string, bytes: Uint8Array): DatasetFile {
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}
