import type { Address } from 'viem'
import type { Outcome } from './outcome.ts'
import type { UnpackedPrediction } from './prediction.ts'
import type { TopicId, TopicParams } from './topic.ts'

/** A prediction as a reveal recorded it, and whose it is. */
export type RecordedPrediction = UnpackedPrediction & { worker: Address }

/** Something that happened in a topic, as its events tell it. Money in token base units. */
export type RecordedStep =
  | { kind: 'funded'; amount: bigint }
  /** A deposit counts from now on. */
  | { kind: 'staked'; worker: Address; amount: bigint }
  | { kind: 'unstaked'; worker: Address; amount: bigint }
  | { kind: 'slashed'; worker: Address; amount: bigint }
  | { kind: 'rotated'; from: Address; to: Address }
  | { kind: 'committed'; round: bigint; workers: readonly Address[] }
  | { kind: 'revealed'; round: bigint; predictions: readonly RecordedPrediction[] }
  /** `at`: when, unix seconds. */
  | { kind: 'published'; round: bigint; outcome: Outcome; at: bigint }
  /** The truth is 1e18 fixed point. */
  | { kind: 'resolved'; round: bigint; truth: bigint }
  | { kind: 'settled'; round: bigint; tip: bigint; poolChange: bigint }
  | { kind: 'voided'; round: bigint }

/** A topic's whole past, in the order in which it happened: enough to replay it without a chain. */
export type TopicRecord = {
  topic: TopicId
  terms: TopicParams
  steps: readonly RecordedStep[]
}

/** A round of a record; what did not happen is undefined. */
export type RecordedRound = {
  round: bigint
  predictions: readonly RecordedPrediction[]
  outcome?: Outcome
  publishedAt?: bigint
  truth?: bigint
  isSettled: boolean
  isVoid: boolean
}

/** What a record says of each round in which somebody committed, in their order. */
export function roundsIn({ steps }: Pick<TopicRecord, 'steps'>): RecordedRound[] {
  const rounds = new Map<bigint, RecordedRound>()
  for (const step of steps) {
    if (!('round' in step)) continue
    const { round } = step
    const before = rounds.get(round) ?? { round, predictions: [], isSettled: false, isVoid: false }
    rounds.set(round, after(before, step))
  }
  return [...rounds.values()].sort((a, b) => (a.round < b.round ? -1 : 1))
}

function after(before: RecordedRound, step: RecordedStep): RecordedRound {
  switch (step.kind) {
    case 'revealed':
      return { ...before, predictions: [...before.predictions, ...step.predictions] }
    case 'published':
      return { ...before, outcome: step.outcome, publishedAt: step.at }
    case 'resolved':
      return { ...before, truth: step.truth }
    case 'settled':
      return { ...before, isSettled: true }
    case 'voided':
      return { ...before, isVoid: true }
    default:
      return before
  }
}
