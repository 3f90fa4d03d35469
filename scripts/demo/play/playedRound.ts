import type { Gains } from '@auspex/sdk/maths'

/** What became of one round of one topic, as the chain tells it. Lists are in the order of the topic's workers. */
export interface PlayedRound {
  readonly round: number
  /** The trading day it asked for. */
  readonly date: string
  readonly truth: number
  readonly aggregate: number
  /** The published interval; undefined while none is promised. */
  readonly interval: { readonly low: number; readonly high: number } | undefined
  /** Undefined where a worker did not reveal. */
  readonly predictions: readonly (number | undefined)[]
  /** Share in the aggregate before the cap; what is missing to 1 is the house's. */
  readonly weights: readonly number[]
  /** What settlement added to or took from each stake, and from whom it came, token base units. */
  readonly gains: readonly Gains[]
  /** What the keepers shared, token base units. */
  readonly tip: bigint
  /** What the round won the pool, token base units; below zero it cost it. */
  readonly poolChange: bigint
}
