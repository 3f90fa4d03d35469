import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseBars } from './parseBars.ts'
import type { ParsedBars } from './parseBars.ts'
import type { TimeFormat } from './parseTime.ts'
import { createRecordedSource } from './recordedSource.ts'
import type { RecordedSource } from './recordedSource.ts'

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
