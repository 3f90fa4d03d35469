import { DatabaseSync } from 'node:sqlite'
import type { SQLOutputValue } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Address, Hex } from 'viem'
import type { RoundKey } from '@auspex/sdk'
import { openDatabase } from '../runtime/openDatabase.ts'
import type { Entry, Journal, JournalRecord, JournalScope, Kept } from './journal.ts'

const VERSION = 2
/** Thirty-two bytes that tell a journal from every other one, drawn where it lies. */
const NEW_ID = `'0x' || lower(hex(randomblob(32)))`
/** From version 1 on: journals have ids. */
const upgrades = {
  1: `ALTER TABLE meta ADD COLUMN id TEXT NOT NULL DEFAULT ''; UPDATE meta SET id = ${NEW_ID};`,
}

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
  /** Whether no other process may open it meanwhile, as nodes want it. */
  exclusive?: boolean
}): Journal {
  const { file, now, durable = true, exclusive = false } = options
  const schema = schemaOf(now)
  const database = openDatabase({ file, durable, version: VERSION, schema, upgrades, exclusive })
  const write = joinWrites(database)
  const find = database.prepare(
    `SELECT value, confidence, salt, commitment, r, vs FROM entries WHERE chain_id = ? AND contract = ?
     AND account = ? AND topic = ? AND round = ?`,
  )
  const insert = database.prepare(
    `INSERT INTO entries (chain_id, contract, account, topic, round, value, confidence, salt, commitment, r, vs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )

  const selectAll = database.prepare('SELECT * FROM entries')
  const begin = database.prepare(`UPDATE meta SET since = ?, id = ${NEW_ID}`)

  function get(key: JournalScope & RoundKey): Entry | undefined {
    const row = find.get(...wordsOf(key))
    return row && entryOf(row)
  }

  function keep(key: JournalScope & RoundKey, entry: Entry): Kept {
    const { value, confidence, salt, commitment, r = null, vs = null } = entry
    const words = [String(value), String(confidence), salt, commitment, r, vs]
    const { changes } = insert.run(...wordsOf(key), ...words)
    if (changes === 1) return { status: 'kept', entry }

    const earlier = get(key)!
    const isSame = earlier.commitment.toLowerCase() === commitment.toLowerCase()
    return { status: isSame ? 'known' : 'conflict', entry: earlier }
  }

  const journal: Journal = {
    get since() {
      return BigInt(metaOf(database).since)
    },
    get id() {
      return metaOf(database).id
    },
    get,
    put: (key, entry) => write(() => keep(key, entry)),
    records: () => selectAll.all().map(recordOf),
    adopt({ records, now }) {
      const given = new Map(records.map((record) => [wordsOf(record).join(), record]))
      const newer = journal.records().find((own) => {
        const same = given.get(wordsOf(own).join())
        return same?.commitment.toLowerCase() !== own.commitment.toLowerCase()
      })
      if (newer) return { status: 'newer', record: newer }

      database.exec('BEGIN IMMEDIATE')
      const kept = records.filter((record) => keep(record, record).status === 'kept')
      begin.run(String(now))
      database.exec('COMMIT')
      return { status: 'adopted', added: kept.length }
    },
    close: () => database.close(),
  }
  return journal
}

function schemaOf(now: bigint): string {
  return `
    CREATE TABLE meta (since TEXT NOT NULL, id TEXT NOT NULL) STRICT;
    INSERT INTO meta VALUES ('${now}', ${NEW_ID});
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

function metaOf(database: DatabaseSync): { since: string; id: Hex } {
  return database.prepare('SELECT since, id FROM meta').get() as { since: string; id: Hex }
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

function recordOf(row: Record<string, SQLOutputValue>): JournalRecord {
  const { contract, account, topic, round } = row as Record<string, string>
  const scope = { contract: contract as Address, account: account as Address }
  const key = { topic: topic as Hex, round: BigInt(round!) }
  return { chainId: Number(row.chain_id), ...scope, ...key, ...entryOf(row) }
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
