import type { SQLOutputValue } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Address, Hex } from 'viem'
import { getPositions, getTopic, getTurn } from '@auspex/sdk'
import type { AuspexClient, Position, Times, TopicId } from '@auspex/sdk'
import { joinWrites } from '../journal/openJournal.ts'
import { openDatabase } from '../runtime/openDatabase.ts'
import type { Desk, Offer } from './desk.ts'
import type { Gate } from './deskApp.ts'

const VERSION = 2
const SCHEMA = `
  CREATE TABLE offers (
    place INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    round INTEGER NOT NULL,
    worker TEXT NOT NULL,
    commitment TEXT NOT NULL,
    r TEXT NOT NULL,
    vs TEXT NOT NULL,
    value TEXT,
    confidence TEXT,
    salt TEXT,
    capsule TEXT,
    UNIQUE (topic, round, worker)
  ) STRICT;
  CREATE TABLE closed (
    topic TEXT NOT NULL,
    round INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (topic, round)
  ) STRICT, WITHOUT ROWID;`

const UPGRADES = { 1: 'ALTER TABLE offers ADD COLUMN capsule TEXT;' }

/** Opens a reputer's desk, making it where there is none. */
export function openDesk(options: { file: string; durable?: boolean }): Desk {
  const { file, durable = true } = options
  const database = openDatabase({
    file,
    durable,
    version: VERSION,
    schema: SCHEMA,
    upgrades: UPGRADES,
  })
  const write = joinWrites(database)
  const insert = database.prepare(
    `INSERT INTO offers (topic, round, worker, commitment, r, vs, capsule) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const complete = database.prepare(
    `UPDATE offers SET value = ?, confidence = ?, salt = ?
     WHERE topic = ? AND round = ? AND worker = ? AND value IS NULL`,
  )
  const select = database.prepare(
    'SELECT * FROM offers WHERE topic = ? AND round = ? AND worker = ?',
  )
  const selectAll = database.prepare(
    'SELECT * FROM offers WHERE topic = ? AND round = ? ORDER BY place',
  )
  const findClosed = database.prepare('SELECT last FROM closed WHERE topic = ? AND round = ?')
  const insertClosed = database.prepare('INSERT INTO closed (topic, round, last) VALUES (?, ?, ?)')
  const forgetOffers = database.prepare('DELETE FROM offers WHERE topic = ? AND round < ?')
  const forgetClosed = database.prepare('DELETE FROM closed WHERE topic = ? AND round < ?')

  const desk: Desk = {
    takeCommitment: ({ topic, round, worker, commitment, r, vs, capsule = null }) =>
      write(() => {
        const earlier = desk.find({ topic, round, worker })
        if (earlier) return earlier.commitment === commitment.toLowerCase() ? 'known' : 'conflict'
        if (findClosed.get(topic, round)) return 'closed'

        insert.run(topic, round, worker.toLowerCase(), commitment.toLowerCase(), r, vs, capsule)
        return 'kept'
      }),
    takeOpening: ({ topic, round, worker, value, confidence, salt }) =>
      write(() => {
        const words = [String(value), String(confidence), salt]
        const { changes } = complete.run(...words, topic, round, worker.toLowerCase())
        return changes === 1 ? 'kept' : 'known'
      }),
    find({ topic, round, worker }) {
      const row = select.get(topic, round, worker.toLowerCase())
      return row && offerOf(row)
    },
    offersOf: ({ topic, round }) => selectAll.all(topic, round).map(offerOf),
    closeList: ({ topic, round }) =>
      write(() => {
        const rows = selectAll.all(topic, round)
        const closed = findClosed.get(topic, round)
        const last = closed ? Number(closed.last) : Number(rows.at(-1)?.place ?? 0)
        if (!closed) insertClosed.run(topic, round, last)
        return rows.filter(({ place }) => Number(place) <= last).map(offerOf)
      }),
    forget({ topic, round }) {
      forgetOffers.run(topic, round)
      forgetClosed.run(topic, round)
    },
    close: () => database.close(),
  }
  return desk
}

function offerOf(row: Record<string, SQLOutputValue>): Offer {
  const { worker, commitment, r, vs, value, confidence, salt, capsule } = row as Record<
    string,
    string
  >
  const signed = { worker: worker as Address, r: r as Hex, vs: vs as Hex }
  const offer = {
    ...signed,
    commitment: commitment as Hex,
    ...(capsule && { capsule: capsule as Hex }),
  }
  if (!value) return offer

  const prediction = { value: BigInt(value), confidence: BigInt(confidence!) }
  return { ...offer, opening: { ...signed, ...prediction, salt: salt as Hex } }
}

/** Anybody can sign; those without a seat shall not fill the memory. */
const MOST_WORKERS_KEPT = 1024
/** More rounds than these are not asked about in turn. */
const MOST_ROUNDS_KEPT = 4

/**
 * A topic's gate, asked of the chain. Chain time is taken as known for `freshMs`, so that a crowd of requests costs one
 * look at the chain; zero where chain time leaps.
 */
export function gateOf(
  client: AuspexClient,
  { topic, freshMs = 250 }: { topic: TopicId; freshMs?: number },
): Gate {
  const seats = new Map<bigint, Map<string, boolean>>()
  let times: Promise<Times> | undefined
  let clock: { readAt: number; time: Promise<bigint> } | undefined
  let asked: { workers: Address[]; positions: Promise<Position[]> } | undefined

  function timesOf(): Promise<Times> {
    times ??= getTopic(client, { topic }).catch((error: unknown) => {
      times = undefined
      throw error
    })
    return times
  }

  function now(): Promise<bigint> {
    if (clock === undefined || Date.now() - clock.readAt >= freshMs) {
      clock = { readAt: Date.now(), time: client.now() }
    }
    return clock.time
  }

  /** Workers that come in one turn of the event loop are asked about by one call. */
  async function positionOf(worker: Address): Promise<Position> {
    asked ??= askNext()
    const { workers, positions } = asked
    const place = workers.push(worker) - 1
    return (await positions)[place]!
  }

  function askNext(): NonNullable<typeof asked> {
    const workers: Address[] = []
    const positions = nextTurn().then(() => {
      asked = undefined
      return getPositions(client, { topic, workers })
    })
    return { workers, positions }
  }

  /** A round that comes in pushes the oldest out, so that memory does not grow with the rounds. */
  function knownOf(round: bigint): Map<string, boolean> {
    const known = seats.get(round) ?? new Map<string, boolean>()
    seats.set(round, known)
    const [oldest] = [...seats.keys()].sort((a, b) => (a < b ? -1 : 1))
    if (seats.size > MOST_ROUNDS_KEPT) seats.delete(oldest!)
    return known
  }

  return {
    phaseOf: async (round) => {
      const turn = await getTurn({ ...client, now }, { topic, round, times: await timesOf() })
      return turn.phase
    },
    isSealing: async () => (await timesOf()).commitWindow > 0n,
    isSeated: async (round, worker) => {
      const known = knownOf(round)
      const isKnown = known.get(worker.toLowerCase())
      if (isKnown !== undefined) return isKnown

      const { from, until } = await positionOf(worker)
      if (known.size >= MOST_WORKERS_KEPT) known.clear()
      known.set(worker.toLowerCase(), from <= round && round < until)
      return from <= round && round < until
    },
  }
}
