/** What became of one round of one topic, as the chain tells it. Lists are in the order of the topic's workers. */
export interface PlayedRound {
  readonly round: number
  /** The trading day it asked for. */
  readonly date: string
  readonly truth: number
  readonly aggregate: number
  /** Half width of the published interval; undefined while none is promised. */
  readonly half: number | undefined
  /** Undefined where a worker did not reveal. */
  readonly predictions: readonly (number | undefined)[]
  /** Share in the aggregate before the cap; what is missing to 1 is the house's. */
  readonly weights: readonly number[]
  /** What settlement added to or took from each stake, token base units. */
  readonly changes: readonly bigint[]
}
