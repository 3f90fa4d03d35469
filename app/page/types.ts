/* Rows as the API gives them. Values are 1e18 fixed point and money base units, both as decimal text. */
import type { Skill } from '../src/readSkill.ts'

export type { Skill }

export type Round = {
  topic: string
  round: number
  status: 'open' | 'published' | 'resolved' | 'settled' | 'void'
  center: string
  sigma: string
  committed: number
  revealed: number
  openedAt: number
  openTransaction: string
  revealedAt: number | null
  revealTransaction: string | null
  value: string | null
  lower: string | null
  upper: string | null
  median: string | null
  mean: string | null
  reference: string | null
  wagers: string | null
  exposed: string | null
  clipLow: string | null
  clipHigh: string | null
  publishedAt: number | null
  publishTransaction: string | null
  truth: string | null
  resolvedAt: number | null
  resolveTransaction: string | null
  tip: string | null
  poolChange: string | null
  settledAt: number | null
  settleTransaction: string | null
  firstBlock: number
  block: number
  transaction: string
}

export type Topic = {
  id: string
  description: string
  creator: string
  truth: string
  start: number
  cadence: number
  commitWindow: number
  revealWindow: number
  horizon: number
  truthWindow: number
  intervalBps: number
  seats: number
  pool: string
  funded: string
  tips: string
  rounds: number
  skill: Skill
  /** All terms, numbers as decimal text. */
  terms: Readonly<Record<string, string>>
  block: number
  transaction: string
}

/** A topic as the list has it, with what a card shows of its last rounds. */
export type Card = Omit<Topic, 'terms'> & { latest: Glimpse[] }
export type Glimpse = Pick<
  Round,
  'round' | 'status' | 'revealed' | 'value' | 'lower' | 'upper' | 'truth'
>

export type Worker = {
  topic: string
  worker: string
  owner: string
  seat: number | null
  stake: string
  pending: string
  leaving: string
  deposited: string
  reward: string
  fromPool: string
  fromPeers: string
  slashed: string
  rounds: number
  squaredError: number
  aggregateSquaredError: number
  block: number
}

export type Prediction = {
  round: number
  worker: string
  value: string
  confidence: number
  wager: string
  trust: string
  reward: string | null
  fromPool: string | null
  fromPeers: string | null
  aggregate: string | null
  truth: string | null
  block: number
  transaction: string
}

export type Rows<row> = { rows: row[] }
