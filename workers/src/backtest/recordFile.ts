import { readFileSync } from 'node:fs'
import type { TopicRecord } from '@auspex/sdk'
import { OperatorError } from '../runtime/operatorError.ts'

const FORMAT = 'auspex-record-1'
const WHOLE = /^-?\d+n$/

/** A topic's record as JSON; whole numbers that JSON cannot hold are text that ends in n. */
export function recordToText(record: TopicRecord): string {
  const written = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)
  return `${JSON.stringify({ format: FORMAT, ...record }, written)}\n`
}

/** Reads what `auspex dataset` wrote. */
export function readRecordFile(file: string): TopicRecord {
  const refused = (why: string) =>
    new OperatorError(
      'usage',
      `${file} ${why}. Give the record.json that \`auspex dataset\` wrote.`,
    )
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw refused('cannot be read')
  }
  const revived = (_: string, value: unknown) =>
    typeof value === 'string' && WHOLE.test(value) ? BigInt(value.slice(0, -1)) : value
  let read: Partial<TopicRecord> & { format?: unknown }
  try {
    read = JSON.parse(text, revived) as typeof read
  } catch {
    throw refused('is no JSON')
  }
  const { format, topic, terms, steps } = read
  if (format !== FORMAT || !topic || !terms || !Array.isArray(steps)) throw refused('is no record')
  return { topic, terms, steps }
}
