import { isAddressEqual, size } from 'viem'
import PQueue from 'p-queue'
import {
  AuspexError,
  accountOf,
  encodeMulticall,
  findSeal,
  getSealLists,
  multicall,
  predictionsOf,
  prepareCommit,
  preparePublish,
  prepareResolveAndSettle,
  prepareReveal,
  prepareRevealAndPublish,
  prepareRevealSigned,
  prepareSettle,
  prepareVoidRound,
  sendPrepared,
  unpackSeal,
} from '@auspex/sdk'
import type { AuspexClient, Opening, Prepared, Recorded, SealList, TopicId } from '@auspex/sdk'
import { NotMined } from '../chain/findMined.ts'
import type { Desk, Offer } from '../http/desk.ts'
import { silent } from '../runtime/log.ts'
import type { Log } from '../runtime/log.ts'
import type {
  AgendaCall,
  Batch,
  Due,
  Post,
  ReputerDeps,
  ReputerStep,
  ReputerTurn,
} from './reputerTurn.ts'
import { seatsIn } from './roundBook.ts'
import type { Remembered, RoundBook } from './roundBook.ts'

/*
 * From what workers handed in, and from what the chain has of it already, to calls that are ready to be sent.
 */

export type Packer = Pick<ReputerDeps, 'findUncommitted' | 'findUnrevealed' | 'prepare'>

/** The packer of one topic. What its calls brought about is noted in the book as soon as they are mined. */
export function createPacker({
  client,
  topic,
  desk,
  book,
}: {
  client: AuspexClient
  topic: TopicId
  desk: Desk
  book: RoundBook
}): Packer {
  async function findUncommitted(turn: ReputerTurn): Promise<Offer[]> {
    const memory = book.recall(turn)
    if (memory?.isCommitted) return []

    const lists = await getSealLists(book.readerOf(turn), turn)
    const isCommitted = lists.some((list) => isAddressEqual(list.committer, accountOf(client)))
    if (memory) memory.isCommitted = isCommitted
    const seals = lists.flatMap((list) => list.seals)
    const offers = isCommitted ? [] : await desk.closeList(turn)
    return offers.filter((offer) => findSeal({ seals, ...offer }) === undefined)
  }

  async function findUnrevealed(turn: ReputerTurn, offers: Offer[]): Promise<Batch[]> {
    if (turn.isSealing) {
      return batchesOf({ lists: await book.listsOf(turn), offers, closed: turn.closed })
    }
    const done = await book.revealedIn(turn)
    const passedOver = book.recall(turn)?.passedOver
    const left = offers.filter(({ worker }) => !done.has(worker) && !passedOver?.has(worker))
    return left.length === 0 ? [] : [{ offers: left, seats: 0n }]
  }

  async function prepareBatch(
    turn: ReputerTurn,
    { offers, list }: Batch,
  ): Promise<Prepared<number>> {
    const { round } = turn
    const batch = { topic, round, openings: openingsOf(offers) }
    const { data, resultOf } = list
      ? await prepareReveal(book.readerOf(turn), { ...batch, ...list })
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

  /** Until a reveal is mined the lists are in doubt: the chain may have taken back what it showed. */
  function doubt(turn: ReputerTurn): Remembered | undefined {
    const memory = book.recall(turn)
    if (memory) memory.seats = 0n
    return memory
  }

  /** What a round's reveals record follows from its seals, so that it can be published in the same transaction. */
  function recordedBy({ round, closed }: ReputerTurn, { offers, list }: Batch): Recorded {
    const { chainId, network } = client
    const place = { chainId, network, topic, round, closed }
    return predictionsOf({ ...place, seals: list?.seals ?? [], openings: openingsOf(offers) })
  }

  return {
    findUncommitted,
    findUnrevealed,
    prepare: {
      commit: async (turn, offers) => {
        const { round } = turn
        const { data, resultOf } = prepareCommit(client, { topic, round, commitments: offers })
        return {
          data,
          resultOf: (receipt) => {
            const memory = book.recall(turn)
            if (memory) memory.isCommitted = true
            return resultOf(receipt).seals.length
          },
        }
      },
      reveal: prepareBatch,
      revealAndPublish: (turn, { offers, list }) => {
        const { seals } = list!
        const { round } = turn
        doubt(turn)
        const openings = openingsOf(offers)
        return prepareRevealAndPublish(book.readerOf(turn), { topic, round, seals, openings })
      },
      publish: (turn, batches = []) => {
        const upcoming = batches.map((batch) => recordedBy(turn, batch))
        return preparePublish(book.readerOf(turn), { topic, round: turn.round, upcoming })
      },
      resolveAndSettle: (turn, proof) =>
        prepareResolveAndSettle(book.readerOf(turn), { topic, round: turn.round, proof }),
      settle: (turn) => prepareSettle(book.readerOf(turn), { topic, round: turn.round }),
      voidRound: async ({ round }) => prepareVoidRound({ topic, round }),
    },
  }
}

/** Openings by the list that holds their seal, whoever committed it; without those whose seat is closed. */
export function batchesOf({
  lists,
  offers,
  closed,
}: {
  lists: readonly SealList[]
  offers: readonly Offer[]
  /** One bit a seat. */
  closed: bigint
}): Batch[] {
  const places = lists.flatMap((list) => list.seals.map((seal) => ({ list, seal })))
  const seals = places.map(({ seal }) => seal)
  const batches = new Map(lists.map((list) => [list, { list, offers: [] as Offer[], seats: 0n }]))
  for (const offer of offers) {
    const place = findSeal({ seals, ...offer })
    if (place === undefined) continue

    const { list, seal } = places[place]!
    const seat = 1n << unpackSeal(seal).seat
    if ((closed & seat) !== 0n) continue

    const batch = batches.get(list)!
    batch.offers.push(offer)
    batch.seats |= seat
  }
  return [...batches.values()].filter(({ offers }) => offers.length > 0)
}

function openingsOf(offers: readonly Offer[]): Opening[] {
  return offers.flatMap(({ opening }) => opening ?? [])
}

type Call = AgendaCall
type Delivered = readonly [Call, ReputerStep]

/** Calls of one topic that leave in the same transaction, and what they weigh in it. */
type Parcel = { calls: readonly Call[]; weight: bigint }

/** A transaction may take 2^24 gas; the rest is for what changes between weighing and sending. */
const MOST = 12_000_000n
/** What a transaction may use for each unit that was weighed, in tenths: what is sent before it may make it dearer. */
const MARGIN = 12n
/** Nodes take no transaction above 128 KiB: by this price of a byte it stays below that as well. */
const WEIGHT_OF_BYTE = 100n
/** A node executes in full what it is asked to weigh or to try out, and an account has no more under way. */
const AT_ONCE = 8
/** What a call among others is wrapped in: its place, its length, and zeros up to a whole word. */
const WRAPPING = 96

/**
 * Sends what is due in several topics in as few transactions as hold it, and gives what came of each call. Calls of a
 * topic keep their order: a round that is revealed behind the settlement of another opens with what that one taught.
 * What is refused together is tried in ever smaller parts, so that no topic holds up another.
 */
export async function deliver(
  post: Post,
  topics: readonly (readonly Call[])[],
): Promise<ReputerStep[][]> {
  const isOne = topics.flat().length === 1
  const wrap = isOne ? wrapOne : weigh
  const queue = new PQueue({ concurrency: AT_ONCE })
  const done = new Map<Call, ReputerStep>()
  const alone = topics.flat().filter(({ goesAlone }) => goesAlone)
  const first = queue.addAll(alone.map((call) => () => sendAlone(post, call)))
  const rest = topics.map((calls) => calls.filter(({ goesAlone }) => !goesAlone))
  const parcels = await queue.addAll(rest.map((calls) => () => wrap(post, calls)))
  for (let turn = 0; parcels.some((own) => turn < own.length); turn++) {
    const loads = pack(parcels.flatMap((own) => own[turn] ?? []))
    const delivered = await queue.addAll(loads.map((load) => () => sendLoad(post, load)))
    for (const [call, step] of delivered.flat()) done.set(call, step)
  }
  for (const [call, step] of await first) done.set(call, step)
  return topics.map((calls) => calls.map((call) => done.get(call)!))
}

/* WEIGH */

/** A call that has no company need not be weighed. */
async function wrapOne(_: Post, calls: readonly Call[]): Promise<Parcel[]> {
  return calls.map((call) => ({ calls: [call], weight: MOST }))
}

/** The fewest parcels that hold a topic's calls, in their order. What is too heavy or refused by itself goes alone. */
async function weigh(post: Post, calls: readonly Call[]): Promise<Parcel[]> {
  if (calls.length === 0) return []
  const bytes = calls.reduce((sum, { data }) => sum + size(data) + WRAPPING, 0)
  const gas = await post.gasOf(calls)
  const weight = max(gas ?? 0n, BigInt(bytes) * WEIGHT_OF_BYTE)
  if (gas !== undefined && weight <= MOST) return [{ calls, weight }]
  if (calls.length === 1) return [{ calls, weight: MOST }]

  const parts = gas === undefined ? firstAndRest(calls) : halves(calls)
  const parcels = await Promise.all(parts.map((part) => weigh(post, part)))
  return parcels.flat()
}

/** Parcels in loads, one a transaction. */
function pack(parcels: readonly Parcel[]): Parcel[][] {
  const loads: Parcel[][] = []
  let room = 0n
  for (const parcel of parcels) {
    if (parcel.weight > room) {
      loads.push([])
      room = MOST
    }
    loads.at(-1)!.push(parcel)
    room -= parcel.weight
  }
  return loads
}

/* SEND */

async function sendLoad(post: Post, load: readonly Parcel[]): Promise<Delivered[]> {
  const calls = load.flatMap((parcel) => parcel.calls)
  if (calls.length === 1) return [await sendAlone(post, calls[0]!)]
  try {
    const weight = load.reduce((sum, parcel) => sum + parcel.weight, 0n)
    const steps = await post.sendTogether(calls, (weight * MARGIN) / 10n)
    return calls.map((call, i) => [call, steps[i]!])
  } catch (error) {
    // It may be mined yet: whatever is sent after it waits behind it.
    if (error instanceof NotMined) return calls.map((call) => [call, lostOrFailed(error)])
    post.log.debug({ calls: calls.length, reason: (error as Error).message }, 'calls.parted')
    return sendParts(post, load)
  }
}

/** Topics do not wait for one another; the calls of a topic do. */
async function sendParts(post: Post, load: readonly Parcel[]): Promise<Delivered[]> {
  if (load.length > 1) {
    const parts = await Promise.all(halves(load).map((half) => sendLoad(post, half)))
    return parts.flat()
  }
  const delivered: Delivered[] = []
  for (const { calls, weight } of load) {
    for (const part of firstAndRest(calls)) {
      delivered.push(...(await sendLoad(post, [{ calls: part, weight }])))
    }
  }
  return delivered
}

async function sendAlone(post: Post, call: Call): Promise<Delivered> {
  return [call, await post.send(call).catch(lostOrFailed)]
}

/** What a topic does last belongs together: a publication stands on the reveals before it. */
function firstAndRest<Item>(items: readonly Item[]): [Item[], Item[]] {
  return [items.slice(0, 1), items.slice(1)]
}

function halves<Item>(items: readonly Item[]): [Item[], Item[]] {
  const middle = Math.ceil(items.length / 2)
  return [items.slice(0, middle), items.slice(middle)]
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

/** The post of a client's account. */
export function postOf(client: AuspexClient, log: Log = silent): Post {
  return {
    gasOf: (calls) => {
      const data = encodeMulticall({ calls: calls.map((call) => call.data) })
      const transaction = { account: accountOf(client), to: client.network, data }
      // Why it would be refused is asked again where it is sent.
      return client.public
        .estimateGas({ ...transaction, blockTag: 'pending' })
        .catch(() => undefined)
    },
    send: (call) => sendPrepared(client, call),
    sendTogether: async (calls, gas) => {
      const { receipt } = await multicall(client, { calls: calls.map(({ data }) => data), gas })
      return calls.map(({ resultOf }) => resultOf(receipt))
    },
    log,
  }
}

/* WHAT IS DUE, as calls and as what will have come of a round by them */

const BPS = 10_000n

/** When a batch goes out in a window, complete or not. */
export function momentOf(
  { batchAfterBps }: Pick<ReputerDeps, 'batchAfterBps'>,
  { opensAt, closesAt }: Pick<ReputerTurn, 'opensAt' | 'closesAt'>,
): bigint {
  return opensAt + ((closesAt - opensAt) * batchAfterBps + BPS - 1n) / BPS
}

export function due(turn: ReputerTurn, prepare: () => Promise<AgendaCall[]>): Due {
  return { status: 'due', turn, prepare }
}

/** A call, and what will have come of the round by it. */
export function stepping<Result>(
  { data, resultOf }: Prepared<Result>,
  stepOf: (result: Result) => ReputerStep,
): AgendaCall {
  return { data, resultOf: (receipt) => stepOf(resultOf(receipt)) }
}

/** The step of a call that may have made the round void, or have come too late. */
export function voidedOr({
  status,
}: {
  status: 'published' | 'settled' | 'void' | 'done'
}): ReputerStep {
  if (status === 'done') return { status: 'lost', reason: 'somebody else had done it before' }
  return { status: status === 'void' ? 'voided' : status }
}

/** Refusals that only say that another keeper was faster. */
const RACES = [
  'AlreadyCommitted',
  'NothingCommitted',
  'NothingRevealed',
  'NotSole',
  'WrongStatus',
  'WrongBatches',
  'WrongOutcome',
  'AlreadyTallied',
]

/** What came of a round where an error did. */
export function lostOrFailed(error: unknown): ReputerStep {
  if (!(error instanceof AuspexError)) return { status: 'failed', reason: (error as Error).message }
  if (RACES.includes(error.name)) return { status: 'lost', reason: error.name }
  if (error.name === 'TruthUnknown') return { status: 'waiting', reason: error.name }
  return { status: 'failed', reason: `${error.name}: ${error.message}` }
}
