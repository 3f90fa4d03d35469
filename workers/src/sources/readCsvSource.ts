import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseBars } from './parseBars.ts'
import type { ParsedBars } from './parseBars.ts'
import { createRecordedSource } from './recordedSource.ts'
import type { RecordedSource } from './recordedSource.ts'

export type CsvSource =
  { status: 'ready'; source: RecordedSource } | Exclude<ParsedBars, { status: 'parsed' }>

/** Opens a CSV file of bars; a file with a bad row is refused whole. */
export async function readCsvSource({ file }: { file: string }): Promise<CsvSource> {
  const parsed = parseBars({ file, text: await readFile(file, 'utf8') })
  if (parsed.status === 'invalid') return parsed

  return {
    status: 'ready',
    source: createRecordedSource({ name: basename(file), bars: parsed.bars }),
  }
}
