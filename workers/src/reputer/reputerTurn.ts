import type { Hex } from 'viem'
import type { Listing, Phase, Prepared, RoundKey, RoundStatus, SealList } from '@auspex/sdk'
import type { Offer } from '../http/desk.ts'
import type { Log } from '../runtime/log.ts'
import type { PublishedRound } from './recordForecasts.ts'

/** Where a round stands that is not final yet. All of it is read from the chain. */
export type ReputerTurn = RoundKey & {
  phase: Exclude<Phase, 'pending'>
  status: RoundStatus
  /** Chain time, unix seconds; the bounds of the phase too. */
  time: bigint
  opensAt: bigint
  closesAt: bigint
  targetTime: bigint
  /** Whether predictions are sealed first; in signed-only topics they are not. */
  isSealing: boolean
  /** Predictions revealed so far. */
  count: bigint
  /** One bit a seat, set where nothing is to be revealed, or no more. */
  closed: bigint
  /** Where the round keeps the lists that were committed. */
  listing: Listing
}

/** Openings that leave in one call: of one committer's list, or of none where nothing is sealed. */
export type Batch = {
  list?: SealList
  offers: Offer[]
  /** One bit a seat that it closes. */
  seats: bigint
}

/** What a truth source needs before a round can be resolved, and how far that is. */
export type Truth =
  | { status: 'ready'; proof: Hex }
  | { status: 'acted'; act: Act }
  | { status: 'waiting'; reason: string }

/** What a reputer does towards a truth that no contract knows. */
export type Act = 'report.committed' | 'report.revealed' | 'round.tallied'

/** What came of a round. */
export type ReputerStep =
  | { status: 'idle' }
  | { status: 'committed' | 'revealed'; count: number }
  | { status: 'published' | 'settled' | 'voided' }
  | { status: 'acted'; act: Act }
  | { status: 'waiting'; reason: string }
  /** Somebody else did it first, which is as good. */
  | { status: 'lost'; reason: string }
  | { status: 'failed'; reason: string }

/** A call and what will have come of the round by it. */
export type AgendaCall = Prepared<ReputerStep> & {
  /** In a window's last blocks: in no bundle that somebody else's call can make fail. */
  goesAlone?: boolean
}

/** What a reputer owes a topic now, in the order it has to happen, and what remains to do when it is done. */
export type Agenda = {
  calls: readonly AgendaCall[]
  /** The calls are not mined yet, and nobody waits: nothing else is sent for their rounds and phases before `finish`. */
  hold: () => void
  finish: (done: readonly ReputerStep[]) => Promise<(RoundKey & ReputerStep)[]>
}

/** How a reputer gets the truth of a topic into its truth source. */
export type TruthAdapter = {
  /** Reports what happened, for every round that a report is owed for; absent where the truth source takes none. */
  attend?: () => Promise<(RoundKey & { act: Act })[]>
  /** Finds the proof for a round that is due. */
  bring: (turn: ReputerTurn) => Promise<Truth>
}

/** A reputer's effects on the world. */
export type ReputerDeps = {
  /** What this reputer does. */
  trades: ReadonlySet<Trade>
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
  /** Slashes who never opened what it had committed, where that is worth a transaction. */
  slash: (turn: ReputerTurn) => Promise<void>
  /** Records the newest round on the feed where nobody has; goes on beside everything else. */
  record: (published: PublishedRound) => void
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

/** How calls to the network leave. */
export type Post = {
  /** What calls would use as one transaction; undefined where it would be refused. */
  gasOf: (calls: readonly Prepared<unknown>[]) => Promise<bigint | undefined>
  /** Sends a call alone, in words why not where it is refused. */
  send: <Result>(call: Prepared<Result>) => Promise<Result>
  /** Sends calls as one transaction of so much gas at most, in their order: all of them or none. */
  sendTogether: <Result>(calls: readonly Prepared<Result>[], gas: bigint) => Promise<Result[]>
  log: Log
}

/** What a reputer owes a round now. */
export type Due = { status: 'due'; turn: ReputerTurn; prepare: () => Promise<AgendaCall[]> }

/**
 * What a reputer may do for a topic; each can be done by a node of its own:
 * collector: takes offers, commits and reveals; keeper: publishes, resolves, settles, slashes and claims; reporter: reports
 * the truth with a stake behind it, where the truth source takes reports.
 */
export const trades = ['collector', 'keeper', 'reporter'] as const
export type Trade = (typeof trades)[number]
