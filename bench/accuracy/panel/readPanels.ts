import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { cellsOf, csvOptions, faultOfHeader, faultOfRow, parseNumber } from '@auspex/workers/models'
import { CsvError, parse } from 'csv-parse'
import { BadInput } from '../../lib/checks.ts'
import type { Panel, Round, Topic } from './Panel.ts'
import type { TransformName, TransformOf } from './parseTransforms.ts'

/** Rows that cannot be replayed, each with its file and line. */
export class BadRows extends BadInput {
  readonly rows: readonly string[]

  constructor(rows: readonly string[]) {
    const shown = rows.slice(0, 20)
    const more = rows.length - shown.length
    super([...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'))
    this.name = 'BadRows'
    this.rows = rows
  }
}

/** A published benchmark in the data, never a worker. */
const BENCHMARK = '__official_ensemble__'
const COLUMNS = {
  required: ['topic', 'round', 'worker', 'prediction', 'truth'],
  optional: ['lag', 'confidence'],
}
const LEAST_ROUNDS = 10
const LEAST_WORKERS = 2
/** What a value of the network holds: int104 with 18 decimals. */
const LARGEST = 1e13
const BPS = 10_000

type Row = Record<string, string | undefined>
type Gathered = Map<string, Map<number, Round>>

/** Reads recorded panels from a CSV file, plain or gzipped, one panel for each family in it. */
export async function readPanels({
  path,
  transformOf,
}: {
  path: string
  transformOf: TransformOf
}): Promise<Panel[]> {
  const gathered: Gathered = new Map()
  const refused: string[] = []

  try {
    let header: string[] | undefined
    for await (const { record, info } of records(path)) {
      if (header === undefined) {
        const fault = faultOfHeader(record, COLUMNS)
        if (fault !== undefined) throw new BadRows([`${path}:1: ${fault}`])
        header = record
        continue
      }
      const reason =
        faultOfRow(header, record) ??
        gather({ gathered, row: cellsOf(header, record), transformOf })
      if (reason !== undefined) refused.push(`${path}:${info.lines}: ${reason}`)
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    refused.push(`${path}:${error.lines}: ${error.message}`)
  }

  if (refused.length > 0) throw new BadRows(refused)
  if (gathered.size === 0) throw new BadRows([`${path}:1: no rows`])

  return panelsOf({ file: basename(path), gathered })
}

function records(path: string): AsyncIterable<{ record: string[]; info: { lines: number } }> {
  const parser = parse(csvOptions)
  const bytes = createReadStream(path)
  const done = (error: unknown) => {
    if (error instanceof Error) parser.destroy(error)
  }

  if (path.endsWith('.gz')) pipeline(bytes, createGunzip(), parser, done)
  if (!path.endsWith('.gz')) pipeline(bytes, parser, done)

  return parser
}

/** Adds a row to its round; says why where it cannot. */
function gather({
  gathered,
  row,
  transformOf,
}: {
  gathered: Gathered
  row: Row
  transformOf: TransformOf
}): string | undefined {
  const { topic, worker } = row
  if (!topic) return 'no topic'
  if (!worker) return 'no worker'

  const transform = transformOf(familyOf(topic))
  const number = count(row.round)
  const lag = count(row.lag || '0')
  const truth = valueOf(row.truth, transform)
  const prediction = valueOf(row.prediction, transform)
  const confidence = confidenceOf(row.confidence)

  if (number === undefined) return `round is not a whole number: ${row.round}`
  if (lag === undefined) return `lag is not a whole number: ${row.lag}`
  if (truth === undefined) return `truth is not usable: ${row.truth}`
  if (prediction === undefined) return `prediction is not usable: ${row.prediction}`
  if (confidence === undefined) {
    return `confidence is not in (0, 1], or below one basis point: ${row.confidence}`
  }

  const rounds = gathered.get(topic) ?? new Map<number, Round>()
  const round = rounds.get(number) ?? { number, lag, truth, entries: [] }
  if (round.truth !== truth) return `another truth in round ${number}: ${row.truth}`
  if (round.lag !== lag) return `another lag in round ${number}: ${row.lag}`
  if (worker === BENCHMARK) return undefined
  if (round.entries.some((entry) => entry.worker === worker)) {
    return `${worker} predicts twice in round ${number}`
  }

  round.entries.push({ worker, prediction, confidence })
  gathered.set(topic, rounds.set(number, round))

  return undefined
}

function panelsOf({ file, gathered }: { file: string; gathered: Gathered }): Panel[] {
  const panels = new Map<string, Panel>()

  for (const [name, rounds] of gathered) {
    const family = familyOf(name)
    const panel = panels.get(family) ?? { file, family, topics: [], leftOut: 0 }
    const topic = {
      name,
      rounds: [...rounds.values()].sort((a, b) => a.number - b.number),
    }
    const usable = isUsable(topic)
    if (usable) panel.topics.push(topic)
    if (!usable) panel.leftOut++
    panels.set(family, panel)
  }

  return [...panels.values()]
}

function isUsable({ rounds }: Topic): boolean {
  const workers = new Set(rounds.flatMap(({ entries }) => entries.map(({ worker }) => worker)))

  return rounds.length >= LEAST_ROUNDS && workers.size >= LEAST_WORKERS
}

function familyOf(topic: string): string {
  return topic.split('|', 1)[0] ?? topic
}

function count(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+(\.0+)?$/.test(text)) return undefined
  return Number.isSafeInteger(Number(text)) ? Number(text) : undefined
}

/** A blank means all of the budget. What the chain would round to nothing is no confidence. */
function confidenceOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return 1
  const parsed = parseNumber(text)
  if (parsed.status === 'refused' || parsed.value > 1) return undefined
  return Math.round(parsed.value * BPS) >= 1 ? parsed.value : undefined
}

function valueOf(text: string | undefined, transform: TransformName): number | undefined {
  const parsed = parseNumber(text ?? '')
  if (parsed.status === 'refused') return undefined

  const value = transform === 'log1p' ? Math.log1p(parsed.value) : parsed.value
  return Number.isFinite(value) && Math.abs(value) < LARGEST ? value : undefined
}
