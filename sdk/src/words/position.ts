import type { Address } from 'viem'
import type { TopicId } from './topic.ts'

/** What names a position: a topic and the signer that predicts. */
export type WorkerKey = { topic: TopicId; worker: Address }

/** A worker's stake and skill in one topic, its floats unpacked. Money in token base units. */
export type Position = {
  stake: bigint
  /** Sum of instantaneous regrets: positive where following the worker would have been better. */
  regret: bigint
  /** Sum of their squares. */
  energy: bigint
  /** The era of the record; in another era of the topic it reads as nothing. */
  era: bigint
  /** Rounds settled in it; stops at 31. */
  count: bigint
  seat: bigint
  /** First round the seat may be used in. */
  from: bigint
  /** First round it may no longer be used in. */
  until: bigint
  /** Who pays and is paid; the zero address where there is no position. */
  owner: Address
  /** Deposited, not yet active. */
  pending: bigint
  /** Asked back; still pays for the rounds that were open then. */
  leaving: bigint
  /** From when on `pending` can be activated, unix time. */
  activeAt: bigint
  /** From when on `leaving` can be withdrawn, unix time. */
  leavesAt: bigint
  /** Last round that was open when stake was asked back or the signer revoked. */
  exitRound: bigint
  /** First round that a revoked signer had no seat in any more. */
  revokedAt: bigint
}
