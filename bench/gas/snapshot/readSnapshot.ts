import { readFile } from 'node:fs/promises'
import { BadInput } from '../../lib/BadInput.ts'
import { snapshotSchema } from './Snapshot.ts'
import type { Snapshot } from './Snapshot.ts'

/** Reads committed figures; says what to do where there are none or they make no sense. */
export async function readSnapshot(path: string): Promise<Snapshot> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new BadInput(`No snapshot at ${path}. Write one: npm run gas`)
  })
  const found = snapshotSchema.safeParse(parse(text))
  if (found.success) return found.data

  throw new BadInput(`The snapshot at ${path} is damaged. Write it anew: npm run gas`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
