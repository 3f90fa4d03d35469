import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const base = mkdtempSync(join(tmpdir(), 'auspex-test-'))
process.once('exit', () => rmSync(base, { recursive: true, force: true }))

/** An empty folder of a test's own, which goes when the tests end. */
export function freshFolder(name: string): string {
  return mkdtempSync(join(base, `${name}-`))
}
