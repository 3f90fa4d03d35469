import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { ccxtSource } from './ccxtSource.ts'
import type { CcxtSource } from './ccxtSource.ts'
import { createRecordedSource } from './dataSource.ts'
import type { DataSource, RecordedSource } from './dataSource.ts'
import { feedSource } from './feedSource.ts'
import type { FeedSource } from './feedSource.ts'
import { httpSource } from './httpSource.ts'
import type { HttpSource } from './httpSource.ts'
import type { TimeFormat } from './parseTime.ts'
import { OperatorError } from '../runtime/operatorError.ts'
import { parseBars } from './parseBars.ts'
import type { ParsedBars } from './parseBars.ts'

export type SourceConfig =
  | { kind: 'sample'; maxAge?: number | undefined }
  | ({
      kind: 'csv'
      file: string
      /** Seconds after which its newest row is too old to predict from. */
      maxAge?: number | undefined
    } & TimeFormat)
  | HttpSource
  | FeedSource
  | CcxtSource

/** What a source is called in logs; never with a key or a query in it. */
export function sourceName(config: SourceConfig): string {
  switch (config.kind) {
    case 'sample':
      return 'the sample'
    case 'csv':
      return config.file
    case 'http':
      return new URL(config.url).host
    case 'feed':
      return `feed ${config.feed}`
    case 'ccxt':
      return `${config.exchange} ${config.symbol}`
  }
}

/** Opens a configured source. A file is read again when it has changed, so that what appends to it can keep running. */
export async function openSource(config: SourceConfig): Promise<DataSource> {
  if (config.kind === 'sample') return readSampleSource()
  if (config.kind === 'http') return httpSource(config)
  if (config.kind === 'feed') return feedSource(config)
  if (config.kind === 'ccxt') return ccxtSource(config)

  const { file } = config
  let seen = stateOf(file)
  let source = await read(config)
  return {
    name: source.name,
    read: async (moment) => {
      const latest = stateOf(file)
      if (latest !== seen) {
        source = await read(config)
        seen = latest
      }
      return source.read(moment)
    },
  }
}

/** Changes with every write: two within one tick of the file system's clock differ in size. */
function stateOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats) return `${stats.ino} ${stats.mtimeMs} ${stats.size}`
  throw new OperatorError('requirement', `There is no data file at ${file}. Check source.file.`)
}

async function read(config: Extract<SourceConfig, { kind: 'csv' }>): Promise<DataSource> {
  const { file, time, zone } = config
  const csv = await readCsvSource({ file, time, zone })
  if (csv.status === 'ready') return csv.source
  throw new OperatorError(
    'requirement',
    `${csv.file}:${csv.line}: ${csv.reason}. Correct the row; a file with a bad row is not used at all.`,
  )
}

export type CsvSource =
  { status: 'ready'; source: RecordedSource } | Exclude<ParsedBars, { status: 'parsed' }>

/**
 * Opens a CSV file of bars; a file with a bad row is refused whole. While something appends to it, its last line counts
 * once its newline is there; `isComplete` is for files that never change.
 */
export async function readCsvSource(
  options: { file: string; isComplete?: boolean } & TimeFormat,
): Promise<CsvSource> {
  const { file, isComplete = false, ...format } = options
  const text = textIn(await readFile(file))
  if (text === undefined) {
    return { status: 'invalid', file, line: 1, reason: 'the file is not UTF-8 text: convert it' }
  }
  const parsed = parseBars({ file, text, isGrowing: !isComplete, ...format })
  if (parsed.status === 'invalid') return parsed

  return {
    status: 'ready',
    source: createRecordedSource({ name: basename(file), bars: parsed.bars }),
  }
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const { resolve } = createRequire(import.meta.url)

/** The S&P 500 by day, 2000 to 2020, from the npm package vega-datasets. */
export async function readSampleSource(): Promise<RecordedSource> {
  const folder = join(dirname(resolve('vega-datasets')), '..', 'data')
  const csv = await readCsvSource({ file: join(folder, 'sp500-2000.csv'), isComplete: true })
  if (csv.status === 'invalid') throw new Error(`${csv.file}:${csv.line}: ${csv.reason}`)
  return csv.source
}
