/** One row of a price history: a trading day, an hour. */
export interface Bar {
  /** Unix seconds at which the whole bar was known. */
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}
