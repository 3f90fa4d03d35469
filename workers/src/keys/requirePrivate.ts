import { statSync } from 'node:fs'
import { OperatorError } from '../runtime/operatorError.ts'

/** Refuses a file that others on this machine can read. */
export function requirePrivate({ file, what }: { file: string; what: string }): void {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined) {
    throw new OperatorError('requirement', `There is no ${what} at ${file}. Check the path.`)
  }
  if ((stats.mode & 0o077) === 0 || process.platform === 'win32') return

  const mode = (stats.mode & 0o777).toString(8)
  throw new OperatorError(
    'requirement',
    `The ${what} ${file} can be read by others (mode ${mode}). Run: chmod 600 '${file}'`,
  )
}
