import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readCsvSource } from './readCsvSource.ts'
import type { RecordedSource } from './recordedSource.ts'

const { resolve } = createRequire(import.meta.url)

/** The S&P 500 by day, 2000 to 2020, from the npm package vega-datasets. */
export async function readSampleSource(): Promise<RecordedSource> {
  const folder = join(dirname(resolve('vega-datasets')), '..', 'data')
  const csv = await readCsvSource({ file: join(folder, 'sp500-2000.csv'), isComplete: true })
  if (csv.status === 'invalid') throw new Error(`${csv.file}:${csv.line}: ${csv.reason}`)
  return csv.source
}
