/* What an event of the network changes in the tables: the same for every writer. */
import { settlementOf, unpackOutcome, unpackPrediction } from '../../sdk/src/index.ts'
import type { PackedOutcome } from '../../sdk/src/index.ts'
import { NONE } from '../../sdk/src/maths/index.ts'

import { readArgs, writeArgs } from './argsText.ts'
import type { Address, Hex } from 'viem'
import type { Row, Tables } from './tables.ts'

/** An event of the network with its place on the chain. */
export type NetworkEvent = {
  name: string
  args: Readonly<Record<string, unknown>>
  block: number
  /** Unix seconds. */
  at: number
  transaction: Hex
  /** Place of the log in its block. */
  place: number
}

type Mark = { block: number; transaction: Hex }
type Handler = (tables: Tables, args: never, event: NetworkEvent) => Promise<void>

/** Applies one event; events come in the order of the chain. An event that no table holds changes nothing. */
export async function applyEvent(tables: Tables, event: NetworkEvent): Promise<void> {
  const handler = (handlers as Record<string, Handler>)[event.name]
  if (!handler) return
  await handler(tables, event.args as never, event)
  await keep(tables, event)
}

/** The event itself: a topic's record and its data set are made of these. */
async function keep(tables: Tables, event: NetworkEvent): Promise<void> {
  const { name, args, place, at } = event
  const { topic, round } = args as { topic: Hex; round?: bigint }
  await tables.insert('event', {
    ...{ id: idOf(event), topic, round: round === undefined ? null : Number(round), name },
    ...{ args: writeArgs(args), at, place },
    ...markOf(event),
  })
}

/** The events that the tables hold. */
export function appliedEvents(): string[] {
  return Object.keys(handlers)
}

const handlers = {
  TopicCreated: createTopic,
  Funded: fund,
  Deposited: deposit,
  Activated: activate,
  SeatTaken: takeSeat,
  SignerRotated: rotate,
  Unstaked: unstake,
  Withdrawn: withdraw,
  Slashed: slash,
  RoundOpened: openRound,
  PredictionsCommitted: commit,
  PredictionsRevealed: reveal,
  RoundPublished: publish,
  RoundResolved: resolve,
  RoundSettled: settle,
  RoundVoided: voidRound,
}

/* TOPICS */

type Params = Record<
  | 'start'
  | 'cadence'
  | 'commitWindow'
  | 'revealWindow'
  | 'horizon'
  | 'truthWindow'
  | 'intervalBps'
  | 'tipBps'
  | 'seats'
  | 'minStake',
  bigint
> & { description: string; truth: Address }

async function createTopic(
  tables: Tables,
  { topic, creator, params }: { topic: Hex; creator: Address; params: Params },
  event: NetworkEvent,
): Promise<void> {
  const { description, truth } = params
  await tables.insert('topic', {
    ...{ id: topic, creator, description, truth: lower(truth) },
    start: Number(params.start),
    cadence: Number(params.cadence),
    commitWindow: Number(params.commitWindow),
    revealWindow: Number(params.revealWindow),
    horizon: Number(params.horizon),
    truthWindow: Number(params.truthWindow),
    intervalBps: Number(params.intervalBps),
    tipBps: Number(params.tipBps),
    seats: Number(params.seats),
    minStake: params.minStake,
    terms: writeArgs(params),
    ...{ pool: 0n, funded: 0n, tips: 0n },
    ...markOf(event),
  })
}

async function fund(
  tables: Tables,
  { topic, from, amount }: { topic: Hex; from: Address; amount: bigint },
  event: NetworkEvent,
): Promise<void> {
  await changeTopic(tables, topic, event, ({ pool, funded }) => ({
    pool: pool + amount,
    funded: funded + amount,
  }))
  await move(tables, event, { topic, account: from, kind: 'funded', amount })
}

/* STAKES */

type Staked = { topic: Hex; worker: Address; amount: bigint }

async function deposit(
  tables: Tables,
  { topic, worker, owner, amount }: Staked & { owner: Address },
  event: NetworkEvent,
): Promise<void> {
  const known = await tables.find('worker', { topic, worker: lower(worker) })
  if (!known) await tables.insert('worker', newcomer({ topic, worker, owner }, event))
  await changeWorker(tables, { topic, worker }, event, ({ pending, deposited }) => ({
    owner: lower(owner),
    pending: pending + amount,
    deposited: deposited + amount,
  }))
  await move(tables, event, { topic, account: worker, kind: 'deposited', amount })
}

function newcomer(
  { topic, worker, owner }: { topic: Hex; worker: Address; owner: Address },
  event: NetworkEvent,
): Row<'worker'> {
  return {
    ...{ topic, worker: lower(worker), owner: lower(owner), seat: null },
    ...{ stake: 0n, pending: 0n, leaving: 0n, deposited: 0n, withdrawn: 0n },
    ...{ reward: 0n, fromPool: 0n, fromPeers: 0n, slashed: 0n },
    ...{ rounds: 0, squaredError: 0, aggregateSquaredError: 0 },
    ...markOf(event),
  }
}

async function activate(tables: Tables, { topic, worker, amount }: Staked, event: NetworkEvent) {
  await changeWorker(tables, { topic, worker }, event, ({ stake, pending }) => ({
    stake: stake + amount,
    pending: pending - amount,
  }))
  await move(tables, event, { topic, account: worker, kind: 'activated', amount })
}

async function takeSeat(
  tables: Tables,
  { topic, worker, seat, displaced }: Staked & { seat: number; displaced: Address },
  event: NetworkEvent,
): Promise<void> {
  const former = await tables.find('worker', { topic, worker: lower(displaced) })
  if (former) await changeWorker(tables, former, event, () => ({ seat: null }))
  await changeWorker(tables, { topic, worker }, event, () => ({ seat: Number(seat) }))
}

/** The position goes on under another key. */
async function rotate(
  tables: Tables,
  { topic, from, to }: { topic: Hex; from: Address; to: Address },
  event: NetworkEvent,
): Promise<void> {
  const before = await tables.find('worker', { topic, worker: lower(from) })
  if (!before) return
  const { owner } = before
  await tables.update(
    'worker',
    { topic, worker: before.worker },
    { ...newcomer({ topic, worker: from, owner }, event), deposited: 0n },
  )
  const known = await tables.find('worker', { topic, worker: lower(to) })
  const row = { ...before, worker: lower(to), ...markOf(event) }
  if (known) await tables.update('worker', { topic, worker: lower(to) }, row)
  else await tables.insert('worker', row)
}

/** A worker keeps its seat while at least this many times its leaving stake stays, as in contracts/desk/Stakes.sol. */
const STAYING = 3n

/** No event says that a seat is given up: it follows from the stake that stays. */
async function unstake(tables: Tables, { topic, worker, amount }: Staked, event: NetworkEvent) {
  const minStake = (await tables.find('topic', { id: topic }))?.minStake ?? 0n
  await changeWorker(tables, { topic, worker }, event, (before) => {
    const stake = before.stake - amount
    const leaving = before.leaving + amount
    const isBacked = stake >= minStake && stake >= STAYING * leaving
    return { stake, leaving, seat: isBacked ? before.seat : null }
  })
  await move(tables, event, { topic, account: worker, kind: 'unstaked', amount })
}

async function withdraw(tables: Tables, { topic, worker, amount }: Staked, event: NetworkEvent) {
  await changeWorker(tables, { topic, worker }, event, ({ leaving, withdrawn }) => ({
    leaving: leaving - amount,
    withdrawn: withdrawn + amount,
  }))
  await move(tables, event, { topic, account: worker, kind: 'withdrawn', amount })
}

/** Stake pays first, and what is on its way out pays what is missing. */
async function slash(tables: Tables, { topic, worker, amount }: Staked, event: NetworkEvent) {
  await changeWorker(tables, { topic, worker }, event, ({ stake, leaving, slashed }) => {
    const fromStake = amount < stake ? amount : stake
    return {
      stake: stake - fromStake,
      leaving: leaving - (amount - fromStake),
      slashed: slashed + amount,
    }
  })
  await move(tables, event, { topic, account: worker, kind: 'slashed', amount })
}

/* ROUNDS */

type Key = { topic: Hex; round: bigint }

async function openRound(
  tables: Tables,
  { topic, round, center, sigma }: Key & { center: bigint; sigma: bigint },
  event: NetworkEvent,
): Promise<void> {
  await tables.insert('round', {
    ...{ topic, round: Number(round), status: 'open', center, sigma, committed: 0, revealed: 0 },
    ...{ openedAt: event.at, openTransaction: event.transaction, firstBlock: event.block },
    ...unknown,
    ...markOf(event),
  })
}

const unknown = {
  ...{ revealedAt: null, revealTransaction: null, value: null, lower: null, upper: null },
  ...{ median: null, mean: null, reference: null, wagers: null, publisher: null },
  ...{ exposed: null, clipLow: null, clipHigh: null },
  ...{ publishedAt: null, publishTransaction: null, outcome: null, truth: null },
  ...{ resolvedAt: null, resolveTransaction: null, tip: null, poolChange: null, settler: null },
  ...{ settledAt: null, settleTransaction: null },
}

async function commit(
  tables: Tables,
  { seals, ...key }: Key & { seals: readonly unknown[] },
  event: NetworkEvent,
): Promise<void> {
  await changeRound(tables, key, event, ({ committed }) => ({
    committed: committed + seals.length,
  }))
}

async function reveal(
  tables: Tables,
  {
    predictions,
    workers,
    ...key
  }: Key & { predictions: readonly bigint[]; workers: readonly Address[] },
  event: NetworkEvent,
): Promise<void> {
  const before = await tables.find('round', { topic: key.topic, round: Number(key.round) })
  const from = before?.revealed ?? 0
  for (const [i, packed] of predictions.entries()) {
    const { value, confidence, wager, trust } = unpackPrediction(packed)
    await tables.insert('prediction', {
      ...{
        topic: key.topic,
        round: Number(key.round),
        worker: lower(workers[i]!),
        place: from + i,
      },
      ...{ value, confidence: Number(confidence), wager, trust },
      ...{ reward: null, fromPool: null, fromPeers: null },
      ...markOf(event),
    })
  }
  await changeRound(tables, key, event, () => ({
    revealed: from + predictions.length,
    revealedAt: event.at,
    revealTransaction: event.transaction,
  }))
}

async function publish(
  tables: Tables,
  { outcome, ...key }: Key & { outcome: PackedOutcome },
  event: NetworkEvent,
): Promise<void> {
  const { value, below, above, ...found } = unpackOutcome(outcome)
  const { anchor, mean, reference, wagers, exposed, clip, publisher } = found
  const isPromised = below !== NONE
  await changeRound(tables, key, event, () => ({
    ...{ status: 'published', value, median: anchor, mean, reference, wagers, publisher },
    ...{ exposed, clipLow: clip.low, clipHigh: clip.high },
    lower: isPromised ? value - below : null,
    upper: isPromised ? value + above : null,
    publishedAt: event.at,
    publishTransaction: event.transaction,
    outcome: writeArgs(outcome),
  }))
}

async function resolve(
  tables: Tables,
  { resolution, ...key }: Key & { resolution: { truth: bigint; gradient: bigint } },
  event: NetworkEvent,
): Promise<void> {
  await changeRound(tables, key, event, () => ({
    status: 'resolved',
    truth: resolution.truth,
    resolvedAt: event.at,
    resolveTransaction: event.transaction,
  }))
}

async function settle(
  tables: Tables,
  { settler, tip, poolChange, ...key }: Key & { settler: Address; tip: bigint; poolChange: bigint },
  event: NetworkEvent,
): Promise<void> {
  const { topic } = key
  await changeRound(tables, key, event, () => ({
    ...{ status: 'settled', settler, tip, poolChange, settledAt: event.at },
    settleTransaction: event.transaction,
  }))
  await changeTopic(tables, topic, event, ({ pool, tips }) => ({
    pool: pool + poolChange,
    tips: tips + tip,
  }))
  await pay(tables, key, event)
  if (tip > 0n) await move(tables, event, { topic, account: settler, kind: 'tipped', amount: tip })
}

/** The network emits no payouts: they follow from the outcome, the truth and the predictions. */
async function pay(tables: Tables, { topic, round }: Key, event: NetworkEvent): Promise<void> {
  const number = Number(round)
  const settled = await tables.find('round', { topic, round: number })
  const terms = await tables.find('topic', { id: topic })
  if (!settled?.outcome || settled.truth === null || !terms) return

  const { truth, value } = settled
  const said = await tables.predictionsOf(topic, number)
  const { gains } = settlementOf({
    outcome: unpackOutcome(readArgs<PackedOutcome>(settled.outcome)),
    resolution: { truth, gradient: 0n },
    predictions: said,
    tipBps: BigInt(terms.tipBps),
  })
  for (const [i, each] of said.entries()) {
    const { reward, pool: fromPool, peers: fromPeers } = gains[i]!
    const { worker } = each
    await tables.update(
      'prediction',
      { topic, round: number, worker },
      { reward, fromPool, fromPeers },
    )
    await changeWorker(tables, { topic, worker }, event, (row) => ({
      stake: row.stake + reward + fromPool + fromPeers,
      reward: row.reward + reward,
      fromPool: row.fromPool + fromPool,
      fromPeers: row.fromPeers + fromPeers,
      rounds: row.rounds + 1,
      squaredError: row.squaredError + squared(each.value - truth),
      aggregateSquaredError: row.aggregateSquaredError + squared((value ?? truth) - truth),
    }))
  }
}

async function voidRound(tables: Tables, key: Key, event: NetworkEvent): Promise<void> {
  await changeRound(tables, key, event, () => ({ status: 'void' }))
}

/* ROWS */

async function changeTopic(
  tables: Tables,
  id: Hex,
  event: NetworkEvent,
  change: (row: Row<'topic'>) => Partial<Row<'topic'>>,
): Promise<void> {
  const row = await tables.find('topic', { id })
  if (row) await tables.update('topic', { id }, { ...change(row), ...markOf(event) })
}

async function changeWorker(
  tables: Tables,
  { topic, worker }: { topic: Hex; worker: Address },
  event: NetworkEvent,
  change: (row: Row<'worker'>) => Partial<Row<'worker'>>,
): Promise<void> {
  const key = { topic, worker: lower(worker) }
  const row = await tables.find('worker', key)
  if (row) await tables.update('worker', key, { ...change(row), ...markOf(event) })
}

async function changeRound(
  tables: Tables,
  { topic, round }: Key,
  event: NetworkEvent,
  change: (row: Row<'round'>) => Partial<Row<'round'>>,
): Promise<void> {
  const key = { topic, round: Number(round) }
  const row = await tables.find('round', key)
  if (row) await tables.update('round', key, { ...change(row), ...markOf(event) })
}

async function move(
  tables: Tables,
  event: NetworkEvent,
  row: Pick<Row<'movement'>, 'topic' | 'account' | 'kind' | 'amount'>,
): Promise<void> {
  await tables.insert('movement', {
    ...row,
    account: lower(row.account),
    id: idOf(event),
    at: event.at,
    ...markOf(event),
  })
}

function idOf({ block, place }: NetworkEvent): string {
  return `${block}-${place}`
}

function markOf({ block, transaction }: NetworkEvent): Mark {
  return { block, transaction }
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address
}

function squared(difference: bigint): number {
  return (Number(difference) / 1e18) ** 2
}
