/*
 * The tables of the window. Values are 1e18 fixed point, money in token base units, times unix seconds. Each row names
 * the block and the transaction that changed it last; of a round each step has its own.
 */
import { index, onchainTable, primaryKey } from 'ponder'

export const topic = onchainTable('topic', (t) => ({
  id: t.hex().primaryKey(),
  description: t.text().notNull(),
  creator: t.hex().notNull(),
  truth: t.hex().notNull(),
  start: t.integer().notNull(),
  cadence: t.integer().notNull(),
  commitWindow: t.integer().notNull(),
  revealWindow: t.integer().notNull(),
  horizon: t.integer().notNull(),
  truthWindow: t.integer().notNull(),
  intervalBps: t.integer().notNull(),
  tipBps: t.integer().notNull(),
  seats: t.integer().notNull(),
  minStake: t.bigint().notNull(),
  /** All terms, as JSON; whole numbers end in n. */
  terms: t.text().notNull(),
  pool: t.bigint().notNull(),
  funded: t.bigint().notNull(),
  tips: t.bigint().notNull(),
  block: t.integer().notNull(),
  transaction: t.hex().notNull(),
}))

export const round = onchainTable(
  'round',
  (t) => ({
    topic: t.hex().notNull(),
    round: t.integer().notNull(),
    /** open, published, resolved, settled or void. */
    status: t.text().notNull(),
    center: t.bigint().notNull(),
    sigma: t.bigint().notNull(),
    committed: t.integer().notNull(),
    revealed: t.integer().notNull(),
    openedAt: t.integer().notNull(),
    openTransaction: t.hex().notNull(),
    revealedAt: t.integer(),
    revealTransaction: t.hex(),
    value: t.bigint(),
    /** Ends of the interval; null while none is promised. */
    lower: t.bigint(),
    upper: t.bigint(),
    median: t.bigint(),
    mean: t.bigint(),
    /** The naive forecast, which the pool plays. */
    reference: t.bigint(),
    wagers: t.bigint(),
    /** How much of the wagers may move on the truth. */
    exposed: t.bigint(),
    /** What all values were clamped to. */
    clipLow: t.bigint(),
    clipHigh: t.bigint(),
    publisher: t.hex(),
    publishedAt: t.integer(),
    publishTransaction: t.hex(),
    /** The outcome as it was emitted, for settlement. */
    outcome: t.text(),
    truth: t.bigint(),
    resolvedAt: t.integer(),
    resolveTransaction: t.hex(),
    tip: t.bigint(),
    poolChange: t.bigint(),
    settler: t.hex(),
    settledAt: t.integer(),
    settleTransaction: t.hex(),
    firstBlock: t.integer().notNull(),
    block: t.integer().notNull(),
    transaction: t.hex().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.topic, table.round] }),
    blockIdx: index().on(table.block),
  }),
)

export const prediction = onchainTable(
  'prediction',
  (t) => ({
    topic: t.hex().notNull(),
    round: t.integer().notNull(),
    worker: t.hex().notNull(),
    /** In the order of the reveals. */
    place: t.integer().notNull(),
    value: t.bigint().notNull(),
    confidence: t.integer().notNull(),
    wager: t.bigint().notNull(),
    /** What its record was worth when it committed. */
    trust: t.bigint().notNull(),
    reward: t.bigint(),
    fromPool: t.bigint(),
    fromPeers: t.bigint(),
    block: t.integer().notNull(),
    transaction: t.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.topic, table.round, table.worker] }) }),
)

export const worker = onchainTable(
  'worker',
  (t) => ({
    topic: t.hex().notNull(),
    worker: t.hex().notNull(),
    owner: t.hex().notNull(),
    seat: t.integer(),
    stake: t.bigint().notNull(),
    pending: t.bigint().notNull(),
    leaving: t.bigint().notNull(),
    deposited: t.bigint().notNull(),
    withdrawn: t.bigint().notNull(),
    reward: t.bigint().notNull(),
    fromPool: t.bigint().notNull(),
    fromPeers: t.bigint().notNull(),
    slashed: t.bigint().notNull(),
    rounds: t.integer().notNull(),
    /** Sum of squared errors of its settled predictions, and those of the aggregate in the same rounds. */
    squaredError: t.doublePrecision().notNull(),
    aggregateSquaredError: t.doublePrecision().notNull(),
    block: t.integer().notNull(),
    transaction: t.hex().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.topic, table.worker] }) }),
)

/** Every event that moved money, in its order. */
export const movement = onchainTable(
  'movement',
  (t) => ({
    id: t.text().primaryKey(),
    topic: t.hex().notNull(),
    account: t.hex().notNull(),
    /** funded, deposited, activated, unstaked, withdrawn, slashed or tipped. */
    kind: t.text().notNull(),
    amount: t.bigint().notNull(),
    at: t.integer().notNull(),
    block: t.integer().notNull(),
    transaction: t.hex().notNull(),
  }),
  (table) => ({ topicIdx: index().on(table.topic) }),
)

/** The events themselves, in full. */
export const event = onchainTable(
  'event',
  (t) => ({
    id: t.text().primaryKey(),
    topic: t.hex().notNull(),
    round: t.integer(),
    name: t.text().notNull(),
    /** As JSON; whole numbers end in n. */
    args: t.text().notNull(),
    at: t.integer().notNull(),
    /** Place of the log in its block. */
    place: t.integer().notNull(),
    block: t.integer().notNull(),
    transaction: t.hex().notNull(),
  }),
  (table) => ({
    topicIdx: index().on(table.topic, table.round),
    blockIdx: index().on(table.block),
  }),
)
