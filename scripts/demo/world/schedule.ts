const HOUR = 3600

export const DAY = 24 * HOUR
/** A round opens at midnight and asks for what is known at the close, at nine in the evening. */
export const HORIZON = 21 * HOUR

/** When in a round's day what can be done, in seconds from its opening. All topics keep the same hours. */
export const hours = {
  commit: 0,
  reveal: HOUR,
  /** A round whose every seal was opened is published before, with the last of them. */
  publish: 2 * HOUR,
  /** Consumers look at the feed. */
  read: 3 * HOUR,
  /** Reputers seal what they saw. */
  report: HORIZON,
  openReports: HORIZON + HOUR,
  /** The truth is tallied, the round resolved and settled, before the next one opens. */
  settle: HORIZON + 2 * HOUR,
} as const

/** How long before round 0 the network is set up. */
export const SETUP = DAY
