import type { Address, Hex } from 'viem'
import type { Prediction, RoundKey, SealList, SignedCommitment } from '@auspex/sdk'
import type { Endpoint } from '../http/endpoint.ts'
import type { Entry, Kept } from '../journal/journal.ts'
import type { Log } from '../runtime/log.ts'

/** Where a worker stands in a round whose commit or reveal window is open. All of it is read from the chain. */
export type WorkerTurn = RoundKey & {
  phase: 'commit' | 'reveal'
  /** Chain time, unix seconds; the window's bounds too. */
  time: bigint
  opensAt: bigint
  closesAt: bigint
  /** When the round opened: nothing dated later may go into the prediction. */
  openedAt: bigint
  /** Seconds in which all that is committed to a round is seen: its cadence, or its commit window where that is longer. */
  length: bigint
  /** Whether predictions are sealed first; in signed-only topics they are not. */
  isSealing: boolean
  /** Whether the worker has a seat in this round. */
  isSeated: boolean
  /** Whether its commitment is on the chain, which waits for what opens it. */
  isAwaited: boolean
  /** Whether the chain has its prediction, where nothing is sealed. */
  isRevealed: boolean
}

export type Predicted =
  /** `inputs`: digest of all that the model could see, so that a replay can prove that it saw the same. */
  | { status: 'predicted'; prediction: Prediction; inputs?: string }
  /** `isFinal`: asking again in the same round would change nothing. */
  | { status: 'abstained'; reason: string; isFinal?: boolean }
  /** The model is still at work. */
  | { status: 'waiting'; reason: string }

/** What came of a worker's turn. */
export type WorkerStep =
  | { status: 'idle'; reason: 'unseated' | 'silent' | 'revealed' | 'given up' | 'listening' }
  | { status: 'abstained'; reason: string }
  /** Commit window: a reputer has the signed commitment. */
  | { status: 'handed'; reputer: string }
  /** Commit window: the commitment is on the chain. */
  | { status: 'committed' }
  /** Reveal window: a reputer has the opening. */
  | { status: 'opened'; reputer: string }
  /** Reveal window: the worker revealed alone. */
  | { status: 'revealed' }
  /** No reputer answered yet, and there is still time to go without. */
  | { status: 'waiting'; reason: string }
  /** The prediction is not on the chain and can no longer get there. */
  | { status: 'missed'; reason: string }
  | { status: 'failed'; reason: string }

/** A worker's effects on the world. */
export type WorkerDeps = {
  worker: Address
  /** The rounds whose commit or reveal window is open now, oldest first. */
  readTurns: () => Promise<WorkerTurn[]>
  predict: (turn: WorkerTurn) => Promise<Predicted>
  /** Derives the salt, makes the commitment and signs it. The same prediction always gives the same entry. */
  seal: (turn: WorkerTurn, prediction: Prediction) => Promise<Entry>
  /** The prediction, encrypted for this worker; it goes on the chain with the commitment. */
  capsuleOf: (turn: WorkerTurn, entry: Entry) => Promise<Hex>
  journal: {
    /** When the journal was begun, chain time. */
    since: bigint
    get: (turn: WorkerTurn) => Entry | undefined
    put: (turn: WorkerTurn, entry: Entry) => Promise<Kept>
  }
  /** The list on the chain that holds a commitment of the worker's, whoever committed it and whatever it says. */
  findList: (turn: WorkerTurn) => Promise<SealList | undefined>
  /** The same from receipts: what a node stops for is not taken from one endpoint's word about logs. */
  confirmList: (turn: WorkerTurn) => Promise<SealList | undefined>
  /** What the worker committed to, from the chain and its key alone; undefined where the chain holds no capsule of it. */
  recover: (turn: WorkerTurn) => Promise<Entry | undefined>
  /** Why the worker's coin does not do for a reveal; undefined where it does. */
  lackOfCoin: () => Promise<string | undefined>
  /** Whether the worker's key signed a commitment for the round. */
  isOwn: (turn: WorkerTurn, signed: Required<SignedCommitment>) => Promise<boolean>
  /** Reputers' endpoints, the preferred one first. */
  /** The reputer that took the commitment, by round. */
  takers: Map<bigint, Endpoint>
  reputers: readonly Endpoint[]
  /** Tells reputers and the chain that this journal listens; whether an older one of the same key was heard since then. */
  hearsOlder: (turn: WorkerTurn) => Promise<boolean>
  /** Whether the chain shows that this journal listens, and everything that its key sent meanwhile was looked at. */
  isHeard: () => boolean
  commit: (turn: WorkerTurn, entry: Entry) => Promise<void>
  /** Reveals alone, out of the list that holds its seal. */
  reveal: (turn: WorkerTurn, entry: Entry, list: SealList) => Promise<void>
  /** Speaks alone where nothing is sealed. */
  revealSigned: (turn: WorkerTurn, entry: Entry) => Promise<void>
  /** Share of a window that is left to reputers, basis points; after it the worker helps itself. */
  patienceBps: bigint
  /** Rounds that nothing more can be done for, as the chain had them then. */
  givenUp: Set<string>
  /** What was said of a round already, so that it is said once. */
  said: Set<string>
  /** Chain time when reputers were last asked what they hold, by round. */
  askedAt: Map<bigint, bigint>
  /** Share of a window that a young journal leaves to an older one of the same key, basis points. */
  courtesyBps: bigint
  log: Log
}

export const BPS = 10_000n

const MOST_SAID = 1000

/** A node looks every second; its news are said once. */
export function sayOnce({ said }: WorkerDeps, what: string, say: () => void): void {
  if (said.has(what)) return
  if (said.size >= MOST_SAID) said.clear()
  said.add(what)
  say()
}
