import { getAbiItem, isAddressEqual } from 'viem'
import type { Address } from 'viem'
import {
  accountOf,
  findSeal,
  getRevealed,
  getRound,
  getSealLists,
  getTopic,
  getTurn,
  logsFromReceipts,
  predictionsOf,
  prepareCommit,
  preparePublish,
  prepareResolveAndSettle,
  prepareReveal,
  prepareRevealAndPublish,
  prepareRevealSigned,
  prepareSettle,
  prepareVoidRound,
  readLogs,
  unpackSeal,
  windowOf,
} from '@auspex/sdk'
import { topicNetworkAbi } from '@auspex/sdk/abis'
import type {
  AuspexClient,
  Committed,
  Opening,
  Phase,
  Prepared,
  Recorded,
  Round,
  RoundKey,
  SealList,
  Topic,
  TopicId,
} from '@auspex/sdk'
import type { Desk, Offer } from '../http/desk.ts'
import { silent } from '../runtime/log.ts'
import type { Log } from '../runtime/log.ts'
import { batchesOf } from './batchesOf.ts'
import { denounce } from './denounce.ts'
import { postOf } from './post.ts'
import { look, tick } from './reputer.ts'
import type { ReputerDeps } from './reputerDeps.ts'
import type { Agenda, Batch, ReputerStep, ReputerTurn, TruthAdapter } from './reputerTurn.ts'

export type ReputerOptions = {
  /** The reputer's own: its account commits, reveals and collects the tips. */
  client: AuspexClient
  topic: TopicId
  desk: Desk
  truth: TruthAdapter
  /** Share of a window after which a batch goes out, complete or not; basis points. */
  batchAfterBps?: bigint
  /** Seconds that what is due may wait for a batch of the same topic, so that both leave as one transaction. */
  patience?: bigint
  /** Rounds that are settled in one transaction, where the time for truths and the ring allow it; 1 waits for none. */
  settleEvery?: number
  /** Several reputers take turns: who is not on turn waits so many seconds for each place it is behind. */
  shift?: { place: bigint; of: bigint; seconds: bigint }
  /** Collects tips; asked for when rounds have become final. Never where it is left out. */
  claim?: () => Promise<void>
  /** Who never opens what it had committed is denounced for a bounty of this amount on; never where it is left out. */
  slashFrom?: bigint
  log?: Log
}

export type Reputer = {
  address: Address
  topic: TopicId
  /** Finds out what is left to do, for whoever sends it together with what is due in other topics. */
  look: () => Promise<Agenda>
  /** Does what is left to do. One call at a time. */
  tick: () => Promise<(RoundKey & ReputerStep)[]>
}

/** What is remembered of a round between ticks; all of it can be found on the chain again. */
type Watched = {
  /** No log of the round is older. */
  fromBlock: bigint
  /** Whether the endpoint showed no logs of the round, which the receipts have. */
  isHidden?: boolean
  /** Whether this reputer's list is on the chain. */
  isCommitted?: boolean
  /** All lists, as they were last told, and the seats that they name, one bit each. */
  lists: readonly SealList[]
  seats: bigint
  /** Workers whose predictions the chain has, when it was last asked for them; where nothing is sealed. */
  revealed: ReadonlySet<string>
  /** Workers that the chain passed over; where nothing is sealed. */
  passedOver: Set<Address>
  /** The first block by which the round was seen to be published. */
  publishedBy?: bigint
  /** The phase in which something was last seen to be due, and the chain time when it first was. */
  due?: { phase: ReputerTurn['phase']; since: bigint }
  /** Whether it was looked who never opened what it had committed. */
  isDenounced?: boolean
}

/** Blocks after which what was seen on the chain is not taken back. */
const DEPTH = 64n

const ALL = 2n ** 256n - 1n
/** A moment that no block reaches. */
const EVER = 2n ** 64n

const openedEvent = getAbiItem({ abi: topicNetworkAbi, name: 'RoundOpened' })
const acting: readonly Phase[] = ['commit', 'reveal', 'live', 'due']

/** A reputer of one topic: the same wiring for the command line, the demo and tests. */
export function createReputer(options: ReputerOptions): Reputer {
  const { client, topic, desk, truth, shift, claim, slashFrom, log = silent } = options
  const { batchAfterBps = 5000n, patience = 0n, settleEvery = 1 } = options
  const committer = accountOf(client)
  const watched = new Map<bigint, Watched>()
  let state: Topic | undefined
  let seenBlock: bigint | undefined
  let nextRound = 0n
  let isClaimDue = true

  async function readTurns(): Promise<ReputerTurn[]> {
    state ??= await getTopic(client, { topic })
    const { round: last, time, phase } = await getTurn(client, { topic, times: state })
    if (phase === 'pending') return []

    await watchFrom(state, last)
    const turns: ReputerTurn[] = []
    for (const round of [...watched.keys()].sort((a, b) => (a < b ? -1 : 1))) {
      const turn = await readTurn(state, round, time)
      if (isFinal(turn)) drop(round, state)
      if (!isFinal(turn)) turns.push(turn)
    }
    return turns
  }

  /** Rounds that opened since the last look, and at the first look those an earlier life left unfinished. */
  async function watchFrom(topicState: Topic, last: bigint): Promise<void> {
    const block = await client.public.getBlockNumber({ cacheTime: 0 })
    const fromBlock = seenBlock ?? client.fromBlock
    const oldest = last - topicState.ringSize + 1n
    const rounds = seenBlock === undefined ? await findOpened(topicState) : []
    for (let round = nextRound > oldest ? nextRound : oldest; round <= last; round++)
      rounds.push(round)
    for (const round of rounds) {
      if (round >= 0n && !watched.has(round)) watched.set(round, { fromBlock, ...unheard() })
    }
    nextRound = last + 1n
    seenBlock = block
  }

  async function findOpened({ ringSize }: Topic): Promise<bigint[]> {
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

  /** Until its target a published round has nothing to tell, and most of a round's time is of that kind. */
  async function readState(
    round: bigint,
    phase: ReputerTurn['phase'],
  ): Promise<Pick<Round, 'status' | 'count' | 'closed' | 'listing'>> {
    if (phase === 'commit') return notYet
    const memory = watched.get(round)
    const { publishedBy } = memory ?? {}
    const isSure = publishedBy !== undefined && seenBlock! >= publishedBy + DEPTH
    if (phase === 'live' && isSure) return published

    const { status, count, closed, listing } = await getRound(client, { topic, round })
    if (memory && status === 'published') memory.publishedBy ??= seenBlock!
    if (memory && status !== 'published') delete memory.publishedBy
    return { status, count, closed, listing }
  }

  /** Offers of rounds whose place in the ring has gone to another serve nobody any more. */
  function drop(round: bigint, { ringSize }: Topic): void {
    watched.delete(round)
    isClaimDue = true
    if (round > ringSize) desk.forget({ topic, round: round - ringSize })
  }

  /** Reads of a round need not look further back than the round. */
  function since({ round }: RoundKey): AuspexClient {
    const { fromBlock = client.fromBlock, isHidden } = watched.get(round) ?? {}
    const reader = { ...client, fromBlock }
    if (!isHidden || !state) return reader
    return logsFromReceipts(reader, { from: state.start + round * state.cadence, to: EVER })
  }

  async function findUncommitted(turn: ReputerTurn): Promise<Offer[]> {
    const memory = watched.get(turn.round)
    if (memory?.isCommitted) return []

    const lists = await getSealLists(since(turn), turn)
    const isCommitted = lists.some((list) => isAddressEqual(list.committer, committer))
    if (memory) memory.isCommitted = isCommitted
    const seals = lists.flatMap((list) => list.seals)
    const offers = isCommitted ? [] : await desk.closeList(turn)
    return offers.filter((offer) => findSeal({ seals, ...offer }) === undefined)
  }

  function noteCommitted(round: bigint, { seals }: Committed): number {
    const memory = watched.get(round)
    if (memory) memory.isCommitted = true
    return seals.length
  }

  async function findUnrevealed(turn: ReputerTurn, offers: Offer[]): Promise<Batch[]> {
    if (turn.isSealing) return batchesOf({ lists: await listsOf(turn), offers, ...turn })

    const done = await revealedIn(turn)
    const passedOver = watched.get(turn.round)?.passedOver
    const left = offers.filter(({ worker }) => !done.has(worker) && !passedOver?.has(worker))
    return left.length === 0 ? [] : [{ offers: left, seats: 0n }]
  }

  /** Asked for again only where the chain awaits a seat that none of them names. */
  async function listsOf(turn: ReputerTurn): Promise<readonly SealList[]> {
    const memory = watched.get(turn.round)
    if (memory && (turn.closed | memory.seats) === ALL) return memory.lists

    const lists = await readLists(turn, memory)
    if (memory) Object.assign(memory, { lists, seats: seatsIn(lists) })
    return lists
  }

  /** The chain counts who is awaited: an endpoint whose logs leave somebody out is not believed, and receipts are asked for. */
  async function readLists(turn: ReputerTurn, memory?: Watched): Promise<readonly SealList[]> {
    let reason = 'too few logs of the round'
    const lists = await getSealLists(since(turn), turn).catch((error: Error) => {
      if (turn.status !== 'open' || !memory || memory.isHidden) throw error
      reason = error.message.split('\n')[0]!
      return []
    })
    const isWhole = (turn.closed | seatsIn(lists)) === ALL
    if (isWhole || turn.status !== 'open' || !memory || memory.isHidden) return lists

    log.warn({ topic, round: turn.round, reason }, 'logs.missing')
    memory.isHidden = true
    const found = await getSealLists(since(turn), turn).catch((error: Error) => {
      memory.isHidden = false
      if (lists.length === 0) throw error
      return lists
    })
    memory.isHidden = found.length > lists.length
    return found.length > lists.length ? found : lists
  }

  /** Until a reveal is mined the lists are in doubt: the chain may have taken back what it told. */
  function doubt({ round }: ReputerTurn): Watched | undefined {
    const memory = watched.get(round)
    if (memory) memory.seats = 0n
    return memory
  }

  /** Asked for again only where the chain counts another number of them. */
  async function revealedIn(turn: ReputerTurn): Promise<ReadonlySet<string>> {
    const memory = watched.get(turn.round)
    if (memory && BigInt(memory.revealed.size) === turn.count) return memory.revealed

    const { workers } = await getRevealed(since(turn), turn)
    const revealed = new Set(workers.map((worker) => worker.toLowerCase()))
    if (memory) memory.revealed = revealed
    return revealed
  }

  async function prepareBatch(
    turn: ReputerTurn,
    { offers, list }: Batch,
  ): Promise<Prepared<number>> {
    const { round } = turn
    const batch = { topic, round, openings: openingsOf(offers) }
    const { data, resultOf } = list
      ? await prepareReveal(since(turn), { ...batch, ...list })
      : prepareRevealSigned(client, batch)
    const memory = doubt(turn)

    return {
      data,
      resultOf: (receipt) => {
        const { workers } = resultOf(receipt)
        const counted = new Set(workers.map((worker) => worker.toLowerCase()))
        const passedOver = offers.filter(({ worker }) => !counted.has(worker))
        for (const { worker } of passedOver) memory?.passedOver.add(worker)
        if (memory) memory.seats = seatsIn(memory.lists)
        return workers.length
      },
    }
  }

  /** What a round's reveals record follows from its seals, so that it can be published in the same transaction. */
  function recordedBy({ round, closed }: ReputerTurn, { offers, list }: Batch): Recorded {
    const { chainId, network } = client
    const seals = list?.seals ?? []
    return predictionsOf({
      chainId,
      network,
      topic,
      round,
      seals,
      openings: openingsOf(offers),
      closed,
    })
  }

  function dueSince({ round, phase, time }: ReputerTurn): bigint {
    const memory = watched.get(round)
    if (memory && memory.due?.phase !== phase) memory.due = { phase, since: time }
    return memory?.due?.since ?? time
  }

  /** A worker whose opening came here and missed the window is this reputer's fault, and is left alone. */
  async function denounceOnce(turn: ReputerTurn): Promise<void> {
    const { round, closed, status, phase, isSealing } = turn
    const memory = watched.get(round)
    const isOver = phase === 'live' || phase === 'due'
    const isHeard = isSealing && isOver && (status === 'open' || status === 'published')
    if (slashFrom === undefined || !memory || memory.isDenounced || !isHeard) return

    memory.isDenounced = true
    const spared = desk.offersOf(turn).filter(({ opening }) => opening)
    const options = { topic, round, closed, riskBps: state!.riskBps, from: slashFrom, log }
    await denounce(client, { ...options, spared: spared.map(({ worker }) => worker) })
  }

  async function claimWhereDue(): Promise<void> {
    if (!isClaimDue) return
    isClaimDue = false
    await claim?.()
  }

  const deps: ReputerDeps = {
    readTurns,
    offersOf: (key) => desk.offersOf(key),
    findUncommitted,
    findUnrevealed,
    prepare: {
      commit: async ({ round }, offers) => {
        const { data, resultOf } = prepareCommit(client, { topic, round, commitments: offers })
        return { data, resultOf: (receipt) => noteCommitted(round, resultOf(receipt)) }
      },
      reveal: prepareBatch,
      revealAndPublish: (turn, { offers, list }) => {
        const { seals } = list!
        const openings = openingsOf(offers)
        doubt(turn)
        return prepareRevealAndPublish(since(turn), { topic, round: turn.round, seals, openings })
      },
      publish: (turn, batches = []) => {
        const upcoming = batches.map((batch) => recordedBy(turn, batch))
        return preparePublish(since(turn), { topic, round: turn.round, upcoming })
      },
      resolveAndSettle: (turn, proof) =>
        prepareResolveAndSettle(since(turn), { topic, round: turn.round, proof }),
      settle: (turn) => prepareSettle(since(turn), { topic, round: turn.round }),
      voidRound: async ({ round }) => prepareVoidRound({ topic, round }),
    },
    post: postOf(client, log),
    attend: () => truth.attend(),
    bringTruth: (turn) => truth.bring(turn),
    claim: claimWhereDue,
    denounce: (turn) =>
      denounceOnce(turn).catch((error: Error) => {
        log.warn({ topic, round: turn.round, reason: error.message }, 'workers.unchecked')
      }),
    batchAfterBps,
    patience,
    settleEvery,
    ringSize: () => state!.ringSize,
    underWay: new Set(),
    dueSince,
    yieldFor: ({ round }) => {
      if (shift === undefined) return 0n
      const behind = (shift.place - (round % shift.of) + shift.of) % shift.of
      return behind * shift.seconds
    },
    log,
  }
  return { address: committer, topic, look: () => look(deps), tick: () => tick(deps) }
}

const notYet = { status: 'none', count: 0n, closed: ALL, listing: 'apart' } as const
const published = { status: 'published', count: 0n, closed: ALL, listing: 'apart' } as const

function unheard(): Omit<Watched, 'fromBlock'> {
  return { lists: [], seats: 0n, revealed: new Set(), passedOver: new Set() }
}

function openingsOf(offers: readonly Offer[]): Opening[] {
  return offers.flatMap(({ opening }) => opening ?? [])
}

function seatsIn(lists: readonly SealList[]): bigint {
  return lists
    .flatMap(({ seals }) => seals)
    .reduce((bits, seal) => bits | (1n << unpackSeal(seal).seat), 0n)
}

/** A round that nobody published in time has moved nothing and never will. */
function isFinal({ status, time, targetTime }: ReputerTurn): boolean {
  if (status === 'settled' || status === 'void') return true
  return (status === 'none' || status === 'open') && time >= targetTime
}
