import { execFile } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

const DESCRIBE = fileURLToPath(
  new URL(`describeAdapter${extname(import.meta.url)}`, import.meta.url),
)
const PATIENCE_MS = 60_000

export type FoundAdapter =
  { status: 'found'; device: string; isEmulated: boolean } | { status: 'absent'; reason: string }

/** Which GPU WebGPU would use, asked in a process of its own. */
export function findAdapter(): Promise<FoundAdapter> {
  return new Promise((resolve) => {
    execFile(process.execPath, [DESCRIBE], { timeout: PATIENCE_MS }, (error, stdout) => {
      if (error === null) return resolve(JSON.parse(stdout) as FoundAdapter)
      const how = error.killed ? 'took too long' : `ended by ${error.signal ?? error.code}`
      resolve({ status: 'absent', reason: `the search for a GPU ${how}` })
    })
  })
}
