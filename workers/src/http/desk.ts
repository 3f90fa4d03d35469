import type { Address, Hex } from 'viem'
import type { Opening, RoundKey, SignedCommitment } from '@auspex/sdk'
import type { CommitmentOffer, OpeningOffer } from './endpoint.ts'

/** A signed commitment a reputer holds, and what opens it as soon as that has come. */
export type Offer = Required<SignedCommitment> & {
  worker: Address
  capsule?: Hex
  opening?: Required<Opening>
}

/**
 * What workers handed to a reputer, on disk: it can be asked for the openings after a restart. One commitment a worker
 * and round. Promises settle when all they tell of is on disk.
 */
export type Desk = {
  takeCommitment: (offer: CommitmentOffer) => Promise<'kept' | 'known' | 'conflict' | 'closed'>
  takeOpening: (offer: OpeningOffer) => Promise<'kept' | 'known'>
  find: (key: RoundKey & { worker: Address }) => Offer | undefined
  /** All offers of a round, in the order they came. */
  offersOf: (key: RoundKey) => Offer[]
  /** Takes no further commitments for a round and gives those that came, in their order; the same every time. */
  closeList: (key: RoundKey) => Promise<Offer[]>
  /** Forgets the rounds of a topic before this one. */
  forget: (before: RoundKey) => void
  close: () => void
}
