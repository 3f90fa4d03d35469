import type { Hex } from 'viem'
import type { Prepared, RoundKey } from '@auspex/sdk'
import type { Offer } from '../http/desk.ts'
import type { Log } from '../runtime/log.ts'
import type { Post } from './post.ts'
import type { Act, Batch, ReputerTurn, Truth } from './reputerTurn.ts'

/** A reputer's effects on the world. */
export type ReputerDeps = {
  /** Rounds that are open, or not final yet, oldest first. */
  readTurns: () => Promise<ReputerTurn[]>
  /** What workers handed in for a round. */
  offersOf: (key: RoundKey) => Offer[]
  /** What of it the chain has in no list; nothing once this reputer has committed its own. Closes that. */
  findUncommitted: (turn: ReputerTurn) => Promise<Offer[]>
  /** What of the openings that are here the chain still takes, as the calls they leave in. */
  findUnrevealed: (turn: ReputerTurn, offers: Offer[]) => Promise<Batch[]>
  /** The calls that move a round on, ready to be sent. */
  prepare: {
    commit: (turn: ReputerTurn, offers: Offer[]) => Promise<Prepared<number>>
    reveal: (turn: ReputerTurn, batch: Batch) => Promise<Prepared<number>>
    /** All of the round's only list, and the publication with it. */
    revealAndPublish: (
      turn: ReputerTurn,
      batch: Batch,
    ) => Promise<Prepared<{ status: 'published' | 'void' | 'done' }>>
    /** Behind the reveals of some batches, where they are given. */
    publish: (
      turn: ReputerTurn,
      upcoming?: readonly Batch[],
    ) => Promise<Prepared<{ status: 'published' | 'void' | 'done' }>>
    resolveAndSettle: (
      turn: ReputerTurn,
      proof: Hex,
    ) => Promise<Prepared<{ status: 'settled' | 'void' | 'done' }>>
    settle: (turn: ReputerTurn) => Promise<Prepared<unknown>>
    voidRound: (turn: ReputerTurn) => Promise<Prepared<unknown>>
  }
  post: Post
  /** Reports what happened, where the truth source takes reports. Owed for every round, whatever became of it. */
  attend: () => Promise<(RoundKey & { act: Act })[]>
  /** Finds the proof of what happened. */
  bringTruth: (turn: ReputerTurn) => Promise<Truth>
  /** Denounces who never opened what it had committed, where that is worth a transaction. */
  denounce: (turn: ReputerTurn) => Promise<void>
  /** Collects keeper tips and bounties where they are worth a transaction. */
  claim: () => Promise<void>
  /** Share of a window after which a batch goes out, complete or not; basis points. */
  batchAfterBps: bigint
  /** Seconds that what is due may wait for a batch of the same topic, so that both leave together. */
  patience: bigint
  /** Rounds of a topic that are settled in one transaction, where time and ring allow. */
  settleEvery: number
  /** Rounds that may be in flight. */
  ringSize: () => bigint
  /** What is sent and not mined yet, by round and phase. */
  underWay: Set<string>
  /** When this was first asked about a round in its phase. */
  dueSince: (turn: ReputerTurn) => bigint
  /** Seconds this reputer leaves to others in a round before it acts in a race; zero where it is its turn. */
  yieldFor: (turn: ReputerTurn) => bigint
  log: Log
}
