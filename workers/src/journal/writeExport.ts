import { writeFileSync } from 'node:fs'
import { OperatorError } from '../runtime/operatorError.ts'
import type { JournalRecord } from './journal.ts'

/** Writes words into a new file that only its owner can read: a line that counts them, then each as a line of JSON. */
export function writeExport(options: { file: string; records: readonly JournalRecord[] }): void {
  const { file, records } = options
  const head = { auspex: 'journal', version: 1, records: records.length }
  const lines = [head, ...records].map((line) => `${JSON.stringify(line, asText)}\n`)
  try {
    writeFileSync(file, lines.join(''), { flag: 'wx', mode: 0o600, flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new OperatorError('requirement', `${file} exists. Name a new file.`)
  }
}

function asText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
