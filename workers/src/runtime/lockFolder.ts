import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { OperatorError } from './operatorError.ts'

/**
 * Takes a data folder for this process alone. The lock is the operating system's, so that it ends with the process
 * whatever ends it.
 */
export function lockFolder({ folder }: { folder: string }): { release: () => void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const holder = join(folder, 'lock.pid')
  const database = new DatabaseSync(join(folder, 'lock'), { timeout: 0 })
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch {
    database.close()
    throw new OperatorError(
      'locked',
      `${folder} is in use by process ${pidIn(holder)}. Two nodes on one journal could sign two predictions for one round. Stop that process, or give this node a dataDir of its own.`,
    )
  }
  writeFileSync(holder, String(process.pid))
  return { release: () => database.close() }
}

function pidIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // The holder has not written it yet.
    return 'unknown'
  }
}
