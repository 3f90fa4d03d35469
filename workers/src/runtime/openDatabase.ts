import { chmodSync, lstatSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { OperatorError } from './operatorError.ts'

/** Opens an SQLite file with a write-ahead log; makes its tables when it is new, refuses one of a later version. */
export function openDatabase(options: {
  file: string
  durable: boolean
  version: number
  schema: string
  /** What brings a file of an earlier version to the next one. */
  upgrades?: { [version: number]: string }
  /** Whether no other process may open the file as long as this one has it. */
  exclusive?: boolean
}): DatabaseSync {
  const { file, durable, version, schema, upgrades = {}, exclusive = false } = options
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new OperatorError(
      'requirement',
      `${file} is a symbolic link, and a node follows none. Put the file itself there.`,
    )
  }
  const database = new DatabaseSync(file, { timeout: exclusive ? 500 : 5000 })
  if (exclusive) takeAlone(database, file)
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durable ? 'FULL' : 'OFF'}`)
  if (file !== ':memory:') chmodSync(file, 0o600)

  const found = Number(database.prepare('PRAGMA user_version').get()!.user_version)
  if (found === 0) {
    database.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA user_version = ${version}; COMMIT`)
  }
  for (let old = found; old > 0 && old < version; old++) {
    const upgrade = upgrades[old] ?? ''
    database.exec(`BEGIN IMMEDIATE; ${upgrade} PRAGMA user_version = ${old + 1}; COMMIT`)
  }
  if (found > version) {
    database.close()
    throw new OperatorError(
      'requirement',
      `${file} was written by a newer version of auspex (format ${found}, this one knows ${version}). Use that version again; going back could forget what was signed.`,
    )
  }
  return database
}

function takeAlone(database: DatabaseSync, file: string): void {
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
  } catch (cause) {
    database.close()
    throw new OperatorError(
      'locked',
      `${file} is in use by another process, though nobody holds the folder's lock: was it removed? Two nodes on one journal could sign two predictions for one round. Stop the other process.`,
      cause,
    )
  }
}
