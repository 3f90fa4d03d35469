/** What a consumer should think of a topic's value; in the order of the contract's enum. */
export const feedStatuses = ['void', 'live', 'stale', 'thin', 'disputed'] as const

export type FeedStatus = (typeof feedStatuses)[number]

/** The calibrated interval of a forecast, 1e18 fixed point. */
export type Interval = { lower: bigint; upper: bigint }

/** A topic's value as consumers read it. Values are 1e18 fixed point, times unix seconds. */
export type Forecast = {
  /** What the topic asks, in the words it was created with. */
  description: string
  value: bigint
  /** Null before the topic has seen enough truths to promise one. */
  interval: Interval | null
  /** The moment the value is a forecast of. */
  targetTime: bigint
  publishedAt: bigint
  /** Seconds since it was published, by the chain's clock. */
  ageSeconds: bigint
  round: bigint
  /** Workers behind it. */
  contributors: bigint
  /** Money they put at risk on it, token base units, rounded down in the fourth digit. */
  wagers: bigint
  status: FeedStatus
  /** Whether the status is live: published, with its target time ahead, neither thin nor disputed. */
  isUsable: boolean
}
