import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** Bytes of an SQLite file after everything in its write-ahead log was brought into it. */
export function sizeOfDatabase({ file }: { file: string }): number {
  const database = new DatabaseSync(file, { timeout: 5000 })
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  return statSync(file).size
}
