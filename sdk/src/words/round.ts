import type { Hex } from 'viem'
import type { TopicId } from './topic.ts'

/** How far a round has come; in the order of the contract's enum. Settled and void are final. */
export const roundStatuses = [
  'none',
  'open',
  'published',
  'disputed',
  'resolved',
  'settled',
  'void',
] as const

export type RoundStatus = (typeof roundStatuses)[number]

/** Where a round keeps the lists that were committed to it; in the order of the contract's enum (see types/Round.sol). */
export const listings = ['apart', 'sole', 'first', 'revealed'] as const

export type Listing = (typeof listings)[number]

/** What names one asking of a topic. */
export type RoundKey = { topic: TopicId; round: bigint }

/** A round as the ring holds it. */
export type Round = {
  /** What the round's calldata must hash to in its present status. */
  digest: Hex
  number: bigint
  status: RoundStatus
  /** The topic's peak when the round opened. */
  peak: bigint
  /** Predictions revealed. */
  count: bigint
  /** Where it keeps its lists: `sole` or `first` while the first is folded into the digest (see unfold). */
  listing: Listing
  /** One bit a seat, set where nothing is left to reveal (see isFullyRevealed). */
  closed: bigint
}

/** The domain of a round, frozen when its first commitment opened it. 1e18 fixed point. */
export type RoundDomain = { center: bigint; sigma: bigint }

/** The seats of a round of which all that was committed is revealed. */
export const ALL_CLOSED = 2n ** 256n - 1n
