/** What one worker said in a round. */
export type Entry = {
  worker: string
  prediction: number
  /** share of the worker's budget put at risk, above 0 up to 1 */
  confidence: number
}

/** One asking of a topic. Its truth is known `lag` rounds later than the next round begins. */
export type Round = {
  number: number
  lag: number
  truth: number
  entries: Entry[]
}

export type Topic = { name: string; rounds: Round[] }

/** The topics of one family in one file. */
export type Panel = {
  file: string
  family: string
  topics: Topic[]
  /** topics with too few rounds or workers */
  leftOut: number
}
