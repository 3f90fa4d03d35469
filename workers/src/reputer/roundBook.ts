import type { Address } from 'viem'
import { getAbiItem } from 'viem'
import {
  getRevealed,
  getRound,
  getSealLists,
  getTopic,
  getTurn,
  logsFromReceipts,
  readLogs,
  unpackSeal,
  windowOf,
} from '@auspex/sdk'
import { topicNetworkAbi } from '@auspex/sdk/abis'
import type { AuspexClient, Phase, Round, RoundKey, SealList, Topic, TopicId } from '@auspex/sdk'
import type { Log } from '../runtime/log.ts'
import type { ReputerTurn } from './reputerTurn.ts'

/*
 * What a reputer's trades remember of the rounds of a topic between two looks. Everything here can be read from the chain
 * again: a book that is lost costs reads, never money.
 */

/** What is remembered of one round. */
export type Remembered = {
  /** No log of the round is older. */
  fromBlock: bigint
  /** Whether the endpoint showed no logs of the round, which the receipts have. */
  isHidden?: boolean
  /** Whether this reputer's list is on the chain. */
  isCommitted?: boolean
  /** All lists as they were last read, and the seats that they name, one bit each. */
  lists: readonly SealList[]
  seats: bigint
  /** Workers whose predictions the chain had when they were last read, in lower case; where nothing is sealed. */
  revealed: ReadonlySet<string>
  /** Workers whose openings the chain passed over; where nothing is sealed. */
  passedOver: Set<Address>
  /** The first block by which the round was seen to be published. */
  publishedBy?: bigint
  /** The phase in which something was last seen to be due, and the chain time when it first was. */
  due?: { phase: ReputerTurn['phase']; since: bigint }
  /** Whether the round was searched for commitments that were never opened. */
  isSlashed?: boolean
}

export type RoundBook = {
  /** The topic as it was first read: its terms never change. Known once `readTurns` has returned. */
  terms: () => Topic
  /** Rounds that are open, or not final yet, oldest first. */
  readTurns: () => Promise<ReputerTurn[]>
  /** What is remembered of a round; undefined once it is final. */
  recall: (key: Pick<RoundKey, 'round'>) => Remembered | undefined
  /** A client whose reads of the round look no further back than the round. */
  readerOf: (key: RoundKey) => AuspexClient
  /** Every list that was committed to a round; read again only where the chain awaits a seat that none of them names. */
  listsOf: (turn: ReputerTurn) => Promise<readonly SealList[]>
  /** Whose predictions the chain has, in lower case; read again only where the chain counts another number of them. */
  revealedIn: (turn: ReputerTurn) => Promise<ReadonlySet<string>>
  /** Chain time when something was first seen to be due in the round's phase. */
  dueSince: (turn: ReputerTurn) => bigint
}

/** Blocks after which what was seen on the chain is not taken back. */
const DEPTH = 64n
/** A moment that no block reaches. */
const EVER = 2n ** 64n
const ALL_SEATS = 2n ** 256n - 1n

const openedEvent = getAbiItem({ abi: topicNetworkAbi, name: 'RoundOpened' })
const acting: readonly Phase[] = ['commit', 'reveal', 'live', 'due']

/** The book of one topic. `onFinal` is called once for each round that has become final. */
export function createRoundBook(options: {
  client: AuspexClient
  topic: TopicId
  onFinal: (round: bigint, terms: Topic) => void
  log: Log
}): RoundBook {
  const { client, topic, onFinal, log } = options
  const remembered = new Map<bigint, Remembered>()
  let terms: Topic | undefined
  let seenBlock: bigint | undefined
  let nextRound = 0n

  async function readTurns(): Promise<ReputerTurn[]> {
    terms ??= await getTopic(client, { topic })
    const { round: last, time, phase } = await getTurn(client, { topic, times: terms })
    if (phase === 'pending') return []

    await watchFrom(terms, last)
    const turns: ReputerTurn[] = []
    for (const round of [...remembered.keys()].sort((a, b) => (a < b ? -1 : 1))) {
      const turn = await readTurn(terms, round, time)
      if (!isFinal(turn)) {
        turns.push(turn)
        continue
      }
      remembered.delete(round)
      onFinal(round, terms)
    }
    return turns
  }

  /** Rounds that opened since the last look, and at the first look those an earlier life left unfinished. */
  async function watchFrom({ ringSize }: Topic, last: bigint): Promise<void> {
    const block = await client.public.getBlockNumber({ cacheTime: 0 })
    const fromBlock = seenBlock ?? client.fromBlock
    const oldest = last - ringSize + 1n
    const rounds = seenBlock === undefined ? await findOpened(ringSize) : []
    for (let round = nextRound > oldest ? nextRound : oldest; round <= last; round++)
      rounds.push(round)
    for (const round of rounds) {
      if (round >= 0n && !remembered.has(round)) remembered.set(round, { fromBlock, ...nothing() })
    }
    nextRound = last + 1n
    seenBlock = block
  }

  async function findOpened(ringSize: bigint): Promise<bigint[]> {
    const logs = await readLogs(client, { event: openedEvent, args: { topic } })
    // The last one in each place of the ring; what stood there before is final.
    return [...new Map(logs.map(({ args }) => [args.round % ringSize, args.round])).values()]
  }

  async function readTurn(times: Topic, round: bigint, time: bigint): Promise<ReputerTurn> {
    const windows = acting.map((phase) => windowOf({ times, round, phase: phase as 'due', time }))
    const open = windows.findIndex(({ status }) => status === 'open')
    const due = windows.at(-1)!
    const { opensAt, closesAt } = windows[open] ?? { opensAt: due.closesAt, closesAt: due.closesAt }
    const phase = (acting[open] ?? 'expired') as ReputerTurn['phase']
    const state = await readState(round, phase)
    const isSealing = times.commitWindow > 0n
    const targetTime = due.opensAt
    return { topic, round, phase, time, opensAt, closesAt, targetTime, isSealing, ...state }
  }

  /** Until its target a published round does not change, and a round spends most of its time published. */
  async function readState(
    round: bigint,
    phase: ReputerTurn['phase'],
  ): Promise<Pick<Round, 'status' | 'count' | 'closed' | 'listing'>> {
    if (phase === 'commit') return { status: 'none', ...unread }
    const memory = remembered.get(round)
    const { publishedBy } = memory ?? {}
    const isSure = publishedBy !== undefined && seenBlock! >= publishedBy + DEPTH
    if (phase === 'live' && isSure) return { status: 'published', ...unread }

    const { status, count, closed, listing } = await getRound(client, { topic, round })
    if (memory && status === 'published') memory.publishedBy ??= seenBlock!
    if (memory && status !== 'published') delete memory.publishedBy
    return { status, count, closed, listing }
  }

  function readerOf({ round }: RoundKey): AuspexClient {
    const { fromBlock = client.fromBlock, isHidden } = remembered.get(round) ?? {}
    const reader = { ...client, fromBlock }
    if (!isHidden || !terms) return reader
    return logsFromReceipts(reader, { from: terms.start + round * terms.cadence, to: EVER })
  }

  async function listsOf(turn: ReputerTurn): Promise<readonly SealList[]> {
    const memory = remembered.get(turn.round)
    if (memory && (turn.closed | memory.seats) === ALL_SEATS) return memory.lists

    const lists = await readLists(turn, memory)
    if (memory) Object.assign(memory, { lists, seats: seatsIn(lists) })
    return lists
  }

  /** The chain counts who is awaited: an endpoint whose logs leave somebody out is not believed, and receipts are asked for. */
  async function readLists(turn: ReputerTurn, memory?: Remembered): Promise<readonly SealList[]> {
    let reason = 'too few logs of the round'
    const lists = await getSealLists(readerOf(turn), turn).catch((error: Error) => {
      if (turn.status !== 'open' || !memory || memory.isHidden) throw error
      reason = error.message.split('\n')[0]!
      return []
    })
    const isWhole = (turn.closed | seatsIn(lists)) === ALL_SEATS
    if (isWhole || turn.status !== 'open' || !memory || memory.isHidden) return lists

    log.warn({ topic, round: turn.round, reason }, 'logs.missing')
    memory.isHidden = true
    const found = await getSealLists(readerOf(turn), turn).catch((error: Error) => {
      memory.isHidden = false
      if (lists.length === 0) throw error
      return lists
    })
    memory.isHidden = found.length > lists.length
    return found.length > lists.length ? found : lists
  }

  async function revealedIn(turn: ReputerTurn): Promise<ReadonlySet<string>> {
    const memory = remembered.get(turn.round)
    if (memory && BigInt(memory.revealed.size) === turn.count) return memory.revealed

    const { workers } = await getRevealed(readerOf(turn), turn)
    const revealed = new Set(workers.map((worker) => worker.toLowerCase()))
    if (memory) memory.revealed = revealed
    return revealed
  }

  function dueSince({ round, phase, time }: ReputerTurn): bigint {
    const memory = remembered.get(round)
    if (memory && memory.due?.phase !== phase) memory.due = { phase, since: time }
    return memory?.due?.since ?? time
  }

  return {
    terms: () => terms!,
    readTurns,
    recall: ({ round }) => remembered.get(round),
    readerOf,
    listsOf,
    revealedIn,
    dueSince,
  }
}

/** The seats that lists name, one bit each. */
export function seatsIn(lists: readonly SealList[]): bigint {
  return lists
    .flatMap(({ seals }) => seals)
    .reduce((bits, seal) => bits | (1n << unpackSeal(seal).seat), 0n)
}

/** What stands for the parts of a round that nobody looks at in its phase. */
const unread = { count: 0n, closed: ALL_SEATS, listing: 'apart' } as const

function nothing(): Omit<Remembered, 'fromBlock'> {
  return { lists: [], seats: 0n, revealed: new Set(), passedOver: new Set() }
}

/** A round that nobody published in time has moved nothing and never will. */
function isFinal({ status, time, targetTime }: ReputerTurn): boolean {
  if (status === 'settled' || status === 'void') return true
  return (status === 'none' || status === 'open') && time >= targetTime
}
