import PQueue from 'p-queue'
import { size } from 'viem'
import { accountOf, encodeMulticall, multicall, sendPrepared } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import { NotMined } from '../chain/findMined.ts'
import { lostOrFailed } from './reputerTurn.ts'
import type { AgendaCall, Post, ReputerStep } from './reputerTurn.ts'
import { silent } from '../runtime/log.ts'
import type { Log } from '../runtime/log.ts'

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
