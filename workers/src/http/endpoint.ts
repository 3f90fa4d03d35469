import type { Address, Hex } from 'viem'
import type { Heard, Listener } from './listeners.ts'
import type { Prediction, RoundKey, SignedCommitment } from '@auspex/sdk'

/** A signed commitment, on its way from a worker to a reputer in the commit window. */
export type CommitmentOffer = RoundKey & { worker: Address } & Required<SignedCommitment> & {
    /** The prediction, encrypted for its own worker (see encapsulate); goes on the chain with the commitment. */
    capsule?: Hex | undefined
  }

/** What opens it, on its way in the reveal window. */
export type OpeningOffer = RoundKey & Prediction & { worker: Address; salt: Hex }

/** Why a reputer does not take an offer. */
export type RefusalReason =
  | 'invalid'
  | 'unknown-topic'
  | 'wrong-phase'
  | 'list-closed'
  | 'not-seated'
  | 'bad-signature'
  | 'conflict'
  | 'unknown-commitment'
  | 'wrong-opening'
  | 'too-many-requests'
  | 'too-large'
  | 'unavailable'

export type Answer =
  | { status: 'accepted'; committer: Address }
  /** `held` is what the reputer has instead, where the offer contradicts it. */
  | { status: 'refused'; reason: string; held?: Required<SignedCommitment> }
  /** No usable answer came in time. */
  | { status: 'silent'; reason: string }

/** What a reputer holds of a worker in a round. */
export type Holding =
  | { status: 'held'; held: Required<SignedCommitment> }
  | { status: 'none' }
  /** No usable answer came in time. */
  | { status: 'silent'; reason: string }

export type Announced =
  | { status: 'heard'; others: Heard[] }
  | { status: 'refused'; reason: string }
  /** No usable answer came in time. */
  | { status: 'silent'; reason: string }

/** A reputer as a worker sees it. Every call settles in bounded time and never throws. */
export type Endpoint = {
  name: string
  takeCommitment: (offer: CommitmentOffer) => Promise<Answer>
  takeOpening: (offer: OpeningOffer) => Promise<Answer>
  /** Which commitment of a worker it holds; absent where it cannot be asked. */
  findCommitment?: (key: RoundKey & { worker: Address }) => Promise<Holding>
  /** Tells it that a new journal listens, and hears of others of the same key; absent where it cannot be asked. */
  announce?: (listener: Listener) => Promise<Announced>
}
