import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { freshFolder } from '../../helpers/freshFolder.ts'

/** Writes a file into a fresh folder, packed where its name says so, and tells its path. */
export function writeCsv({ name, lines }: { name: string; lines: readonly string[] }): string {
  const path = join(freshFolder('panel'), name)
  const text = `${lines.join('\n')}\n`
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text)

  return path
}
