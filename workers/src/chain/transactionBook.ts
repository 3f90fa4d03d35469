import { randomUUID } from 'node:crypto'
import { keccak256, concat } from 'viem'
import type { Address, Hex } from 'viem'
import type { Transaction } from '@auspex/sdk'
import { openDatabase } from '../runtime/openDatabase.ts'

/** One nonce of an account, and what it was last used for. */
export type Slot = {
  nonce: number
  /** What the newest of its transactions does: see `contentOf`. */
  content: Hex
  to: Address
  data: Hex
  gas: bigint
  /** No block before this one can hold it; undefined where that was not known. */
  fromBlock?: bigint
  /** Whether its outcome was told already: the same content is then wanted once more. */
  isTold?: boolean
}

/** One signed transaction for a nonce; several compete for it where fees were raised. */
export type Candidate = {
  nonce: number
  content: Hex
  hash: Hex
  raw: Hex
  maxFeePerGas: bigint
  maxPriorityFeePerGas: bigint
}

/**
 * What an account sent, on disk before it is broadcast: a node that was killed finds it again, and no command does a second
 * time what an earlier run of it has done. May be shared by processes that send from the same account.
 */
export type TransactionBook = {
  /** Takes the next nonce: `least`, or the one above those that are in use. */
  reserve: (slot: Omit<Slot, 'nonce'> & { least: number }) => number
  /** Gives a nonce whose transaction was given up to another one. */
  reuse: (slot: Slot) => void
  sent: (candidate: Candidate) => void
  /** Nonces in use, lowest first, with all that was sent for them. */
  pending: () => { slot: Slot; candidates: Candidate[] }[]
  /** A nonce is mined by one of its transactions, or by one that is not of this book. */
  mined: (nonce: number, winner: { hash: Hex; isTold: boolean }) => void
  /** Nothing was ever sent for it. */
  free: (nonce: number) => void
  /** The chain took a mined nonce back: it is in use again. Undefined where the book does not know it. */
  reopen: (nonce: number) => { slot: Slot; candidates: Candidate[] } | undefined
  /** The highest nonce that is known to be mined; -1 where none is. */
  highestMined: () => number
  /** A mined transaction of an earlier run that ended before it could tell what came of it. */
  findUntold: (content: Hex) => { nonce: number; hash: Hex } | undefined
  /** This run follows what an earlier one sent, and is the one to tell of it. */
  takeOver: (nonce: number) => void
  /** Its outcome has been told. */
  tell: (nonce: number) => void
  /** All that this run has sent has been told. */
  tellOwn: () => void
  close: () => void
}

/** Nonces that are kept after they were mined: deeper than any reorganisation. */
const KEPT = 64

const VERSION = 1
const SCHEMA = `
  CREATE TABLE slots (
    chain TEXT NOT NULL,
    account TEXT NOT NULL,
    nonce INTEGER NOT NULL,
    content TEXT NOT NULL,
    target TEXT NOT NULL,
    data TEXT NOT NULL,
    gas TEXT NOT NULL,
    from_block TEXT,
    run TEXT NOT NULL,
    winner TEXT,
    is_told INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (chain, account, nonce)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE candidates (
    place INTEGER PRIMARY KEY,
    chain TEXT NOT NULL,
    account TEXT NOT NULL,
    nonce INTEGER NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    raw TEXT NOT NULL,
    max_fee TEXT NOT NULL,
    tip TEXT NOT NULL
  ) STRICT;`

/** What a transaction does, whatever its nonce and fees. */
export function contentOf({ to, data }: Transaction): Hex {
  return keccak256(concat([to, data]))
}

/** Opens the book of one account on one chain; `:memory:` for a queue that need not survive its process. */
export function openTransactionBook(options: {
  file: string
  chainId: number
  /** The chain's first block: a chain that was begun anew under the same id has another book. */
  genesis?: Hex | undefined
  account: Address
  durable?: boolean
}): TransactionBook {
  const { file, chainId, genesis, durable = true } = options
  const chain = genesis === undefined ? `${chainId}` : `${chainId} ${genesis}`
  const account = options.account.toLowerCase()
  const run = randomUUID()
  const database = openDatabase({ file, durable, version: VERSION, schema: SCHEMA })
  const own = `chain = '${chain}' AND account = '${account}'`
  const of = (sql: string) => database.prepare(sql)

  const highest = of(`SELECT max(nonce) AS nonce FROM slots WHERE ${own} AND winner IS NULL`)
  const highestWon = of(`SELECT max(nonce) AS nonce FROM slots WHERE ${own} AND winner IS NOT NULL`)
  const insert = of(
    `INSERT OR REPLACE INTO slots (chain, account, nonce, content, target, data, gas, from_block, run)
     VALUES ('${chain}', '${account}', ?, ?, ?, ?, ?, ?, '${run}')`,
  )
  const insertCandidate = of(
    `INSERT OR IGNORE INTO candidates (chain, account, nonce, content, hash, raw, max_fee, tip)
     VALUES ('${chain}', '${account}', ?, ?, ?, ?, ?, ?)`,
  )
  const selectPending = of(`SELECT * FROM slots WHERE ${own} AND winner IS NULL ORDER BY nonce`)
  const selectSlot = of(`SELECT * FROM slots WHERE ${own} AND nonce = ?`)
  const selectCandidates = of(`SELECT * FROM candidates WHERE ${own} AND nonce = ? ORDER BY place`)
  const setWinner = of(
    `UPDATE slots SET winner = ?, is_told = max(is_told, ?) WHERE ${own} AND nonce = ?`,
  )
  const clearWinner = of(`UPDATE slots SET winner = NULL WHERE ${own} AND nonce = ?`)
  const setRun = of(`UPDATE slots SET run = '${run}' WHERE ${own} AND nonce = ?`)
  const setTold = of(`UPDATE slots SET is_told = 1 WHERE ${own} AND nonce = ?`)
  const setOwnTold = of(`UPDATE slots SET is_told = 1 WHERE ${own} AND run = '${run}'`)
  const selectUntold = of(
    `SELECT nonce, winner FROM slots
     WHERE ${own} AND content = ? AND winner IS NOT NULL AND is_told = 0 AND run <> '${run}'
       AND winner IN (SELECT hash FROM candidates WHERE content = slots.content)
     ORDER BY nonce LIMIT 1`,
  )
  const removeSlot = of(`DELETE FROM slots WHERE ${own} AND nonce = ?`)
  const removeCandidates = of(`DELETE FROM candidates WHERE ${own} AND nonce = ?`)
  const prune = [
    of(`DELETE FROM slots WHERE ${own} AND is_told = 1 AND winner IS NOT NULL AND nonce < ?`),
    of(`DELETE FROM candidates WHERE ${own} AND nonce < ? AND nonce NOT IN
        (SELECT nonce FROM slots WHERE ${own})`),
  ]

  function together<result>(change: () => result): result {
    database.exec('BEGIN IMMEDIATE')
    try {
      const result = change()
      database.exec('COMMIT')
      return result
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  function put({ nonce, content, to, data, gas, fromBlock }: Slot): void {
    insert.run(nonce, content, to, data, String(gas), fromBlock?.toString() ?? null)
  }

  function entryOf(row: Row): { slot: Slot; candidates: Candidate[] } {
    const rows = selectCandidates.all(Number(row.nonce)) as Row[]
    return { slot: slotOf(row), candidates: rows.map(candidateOf) }
  }

  return {
    reserve: ({ least, ...slot }) =>
      together(() => {
        const { nonce: used } = highest.get() as { nonce: number | null }
        const nonce = Math.max(least, used === null ? 0 : used + 1)
        removeCandidates.run(nonce)
        put({ ...slot, nonce })
        return nonce
      }),
    reuse: (slot) => put(slot),
    sent: ({ nonce, content, hash, raw, maxFeePerGas, maxPriorityFeePerGas }) => {
      const fees = [String(maxFeePerGas), String(maxPriorityFeePerGas)] as const
      insertCandidate.run(nonce, content, hash, raw, ...fees)
    },
    pending: () => (selectPending.all() as Row[]).map(entryOf),
    mined: (nonce, { hash, isTold }) => {
      setWinner.run(hash, Number(isTold), nonce)
      for (const statement of prune) statement.run(nonce - KEPT)
    },
    free: (nonce) => {
      removeSlot.run(nonce)
      removeCandidates.run(nonce)
    },
    reopen: (nonce) => {
      const row = selectSlot.get(nonce) as Row | undefined
      if (row === undefined) return undefined
      clearWinner.run(nonce)
      return entryOf(row)
    },
    highestMined: () => (highestWon.get() as { nonce: number | null }).nonce ?? -1,
    findUntold: (content) => {
      const row = selectUntold.get(content) as Row | undefined
      return row && { nonce: Number(row.nonce), hash: row.winner as Hex }
    },
    takeOver: (nonce) => void setRun.run(nonce),
    tell: (nonce) => void setTold.run(nonce),
    tellOwn: () => void setOwnTold.run(),
    close: () => {
      if (database.isOpen) database.close()
    },
  }
}

type Row = Record<string, unknown>

function slotOf(row: Row): Slot {
  const { nonce, content, target, data, gas, from_block: fromBlock, is_told: isTold } = row
  return {
    nonce: Number(nonce),
    content: content as Hex,
    to: target as Address,
    data: data as Hex,
    gas: BigInt(gas as string),
    ...(isTold === 1 && { isTold: true }),
    ...(fromBlock !== null && { fromBlock: BigInt(fromBlock as string) }),
  }
}

function candidateOf({ nonce, content, hash, raw, max_fee: maxFee, tip }: Row): Candidate {
  return {
    nonce: Number(nonce),
    content: content as Hex,
    hash: hash as Hex,
    raw: raw as Hex,
    maxFeePerGas: BigInt(maxFee as string),
    maxPriorityFeePerGas: BigInt(tip as string),
  }
}
