import { DatabaseSync } from 'node:sqlite'
import type { SQLOutputValue } from 'node:sqlite'
import type { Hex } from 'viem'
import type { RoundKey } from '@auspex/sdk'
import { openDatabase } from '../runtime/openDatabase.ts'
import type { Entry, Journal, JournalScope } from './journal.ts'

const VERSION = 1

/**
 * Opens the journal, making it where there is none. `durable` waits for the disk at every entry; without it an entry
 * survives the process but not the machine.
 */
export function openJournal(options: {
  /** A path, or `:memory:`. */
  file: string
  /** Chain time, kept as the journal's beginning when it is made. */
  now: bigint
  durable?: boolean
}): Journal {
  const { file, now, durable = true } = options
  const database = openDatabase({ file, durable, version: VERSION, schema: schemaOf(now) })
  const find = database.prepare(
    `SELECT value, confidence, salt, commitment, r, vs FROM entries WHERE chain_id = ? AND contract = ?
     AND account = ? AND topic = ? AND round = ?`,
  )
  const insert = database.prepare(
    `INSERT INTO entries (chain_id, contract, account, topic, round, value, confidence, salt, commitment, r, vs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )

  function get(key: JournalScope & RoundKey): Entry | undefined {
    const row = find.get(...wordsOf(key))
    return row && entryOf(row)
  }

  return {
    since: sinceOf(database),
    get,
    put(key, entry) {
      const { value, confidence, salt, commitment, r = null, vs = null } = entry
      const words = [String(value), String(confidence), salt, commitment, r, vs]
      const { changes } = insert.run(...wordsOf(key), ...words)
      if (changes === 1) return { status: 'kept', entry }

      const earlier = get(key)!
      const isSame = earlier.commitment.toLowerCase() === commitment.toLowerCase()
      return { status: isSame ? 'known' : 'conflict', entry: earlier }
    },
    close: () => database.close(),
  }
}

function schemaOf(now: bigint): string {
  return `
    CREATE TABLE meta (since TEXT NOT NULL) STRICT;
    INSERT INTO meta VALUES ('${now}');
    CREATE TABLE entries (
      chain_id INTEGER NOT NULL,
      contract TEXT NOT NULL,
      account TEXT NOT NULL,
      topic TEXT NOT NULL,
      round TEXT NOT NULL,
      value TEXT NOT NULL,
      confidence TEXT NOT NULL,
      salt TEXT NOT NULL,
      commitment TEXT NOT NULL,
      r TEXT,
      vs TEXT,
      PRIMARY KEY (chain_id, contract, account, topic, round)
    ) STRICT, WITHOUT ROWID;`
}

function sinceOf(database: DatabaseSync): bigint {
  return BigInt(database.prepare('SELECT since FROM meta').get()!.since as string)
}

function wordsOf({ chainId, contract, account, topic, round }: JournalScope & RoundKey) {
  return [
    chainId,
    contract.toLowerCase(),
    account.toLowerCase(),
    topic.toLowerCase(),
    String(round),
  ] as const
}

function entryOf(row: Record<string, SQLOutputValue>): Entry {
  const { value, confidence, salt, commitment, r, vs } = row as Record<string, string | null>
  return {
    value: BigInt(value!),
    confidence: BigInt(confidence!),
    salt: salt as Hex,
    commitment: commitment as Hex,
    ...(r && { r: r as Hex }),
    ...(vs && { vs: vs as Hex }),
  }
}
