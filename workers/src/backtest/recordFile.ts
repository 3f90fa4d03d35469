import { readFileSync } from 'node:fs'
import { recordFromText } from '@auspex/sdk'
import type { TopicRecord } from '@auspex/sdk'
import { OperatorError } from '../runtime/operatorError.ts'

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
  const found = recordFromText(text)
  if (found.status === 'refused') throw refused(found.reason)
  return found.record
}
