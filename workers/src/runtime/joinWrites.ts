import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Does a write, and gives what it gave once that is on disk. */
export type Write = <Result>(write: () => Result) => Promise<Result>

/** Writes that come in one turn of the event loop go to disk together: a crowd waits for the disk once. */
export function joinWrites(database: DatabaseSync): Write {
  let joined: Promise<void> | undefined

  /** Throws at once where nothing can be begun, so that the next write tries anew. */
  function begin(): Promise<void> {
    database.exec('BEGIN IMMEDIATE')
    return end()
  }

  async function end(): Promise<void> {
    await nextTurn()
    joined = undefined
    try {
      database.exec('COMMIT')
    } catch (error) {
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  return async (write) => {
    joined ??= begin()
    const onDisk = joined
    try {
      return write()
    } finally {
      await onDisk
    }
  }
}
