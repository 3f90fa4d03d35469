/** One in the fixed point of all values, shares and weights. */
export const ONE = 10n ** 18n

/** Rounds a topic watches before it trusts its own errors. */
export const WARMUP = 5n

/** Stands for "none" where a half width or a radius is expected. */
export const NONE = 2n ** 104n - 1n

/** What one expert, a worker or a house expert, has shown so far. */
export interface Expert {
  /** sum of instantaneous regrets: positive where following it would have been better */
  readonly regret: bigint
  /** sum of their squares */
  readonly energy: bigint
}

/** A worker's record: what it has shown in one era of its topic. A record of another era reads as `NEWCOMER`. */
export interface WorkerRecord extends Expert {
  /** rounds settled in this era, at most COUNT_MAX */
  readonly count: bigint
  readonly era: bigint
}

/** What a topic has learnt. Values are 1e18 fixed point. */
export interface Learning {
  /** largest squared regret of a single round so far */
  readonly peak: bigint
  /** rolling |anchor - truth| */
  readonly anchorError: bigint
  /** rolling |inner - truth| */
  readonly feedError: bigint
  /** rolling truth - mean */
  readonly bias: bigint
  /** width of the interval below the aggregate in units of `feedError` */
  readonly widthBelow: bigint
  /** width of the interval above it */
  readonly widthAbove: bigint
  /** resolved rounds of this era */
  readonly rounds: bigint
  /** house expert that always says the weighted median */
  readonly anchor: Expert
  /** house expert that always says the weighted mean corrected by `bias` */
  readonly mean: Expert
}

/** The revealed predictions of a round, in any order but the same order in each list. */
export interface Submissions {
  readonly values: readonly bigint[]
  readonly wagers: readonly bigint[]
  readonly trusts: readonly bigint[]
}

/** A closed range of values. */
export interface Range {
  readonly low: bigint
  readonly high: bigint
}

/** Lower wager-weighted medians of the values within their range, checked in one pass instead of sorting. */
export interface Hints {
  /** of the values */
  readonly anchor: bigint
  /** of their distances to the anchor */
  readonly mad: bigint
}

/** What a round says. Values are 1e18 fixed point, within int104. */
export interface Aggregate {
  /** the aggregate that is published */
  readonly value: bigint
  /** width of its interval below `value`, or NONE */
  readonly below: bigint
  /** width of its interval above `value`, or NONE */
  readonly above: bigint
  /** the aggregate before the cap on shares; regrets are measured against it */
  readonly inner: bigint
  /** wager-weighted median */
  readonly anchor: bigint
  /** lower end to which values were clamped: range, domain and clip radius together */
  readonly low: bigint
  /** upper end to which values were clamped */
  readonly high: bigint
  /** wager-weighted mean of the clamped values */
  readonly mean: bigint
  /** the mean corrected by its rolling bias */
  readonly debiased: bigint
}
