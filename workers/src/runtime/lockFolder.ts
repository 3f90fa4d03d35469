import { chmodSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { OperatorError } from './operatorError.ts'

/**
 * Takes a data folder for this process alone. The lock is the operating system's, so that it ends with the process
 * whatever ends it. The folder is its owner's alone (mode 700) and no symbolic link, so that nobody else can lead the node
 * to another journal. Where somebody removes the lock under a running node, its journal is locked still (see openJournal).
 */
export function lockFolder({ folder }: { folder: string }): { release: () => void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  requireOwn(folder)
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
  rmSync(holder, { force: true })
  writeFileSync(holder, String(process.pid), { flag: 'wx', mode: 0o600 })
  return { release: () => database.close() }
}

function requireOwn(folder: string): void {
  for (const path of [folder, join(folder, 'lock'), join(folder, 'lock.pid')]) {
    if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) continue
    throw new OperatorError(
      'requirement',
      `${path} is a symbolic link, and a node follows none: whoever can change it could give the node another journal. Name the folder itself as dataDir.`,
    )
  }
  if (process.platform !== 'win32') chmodSync(folder, 0o700)
}

function pidIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // The holder has not written it yet.
    return 'unknown'
  }
}
