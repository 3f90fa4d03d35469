import type { Hex } from 'viem'
import type { Listing, Phase, Prepared, RoundKey, RoundStatus, SealList } from '@auspex/sdk'
import type { Offer } from '../http/desk.ts'

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
  /** Does what is owed for every round, whatever became of it. */
  attend: () => Promise<(RoundKey & { act: Act })[]>
  /** Finds the proof for a round that is due. */
  bring: (turn: ReputerTurn) => Promise<Truth>
}
