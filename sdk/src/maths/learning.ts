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
  /** half width of the interval in units of `feedError` */
  readonly width: bigint
  /** resolved rounds */
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

/** Lower wager-weighted medians, checked in one pass instead of sorting. */
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
  /** half width of its interval, or NONE */
  readonly half: bigint
  /** the aggregate before the cap on shares; regrets are measured against it */
  readonly inner: bigint
  /** wager-weighted median */
  readonly anchor: bigint
  /** values are winsorised to `anchor -+ radius`, or NONE */
  readonly radius: bigint
  /** wager-weighted mean of the winsorised values */
  readonly mean: bigint
  /** the mean corrected by its rolling bias */
  readonly debiased: bigint
}
