import { readFile } from 'node:fs/promises'
import { recordedSchema } from './Recorded.ts'
import type { Recorded } from './Recorded.ts'

/** Reads the committed figures of others. */
export async function readRecorded(path: URL): Promise<Recorded> {
  return recordedSchema.parse(JSON.parse(await readFile(path, 'utf8')))
}
