import type { Series } from './series.ts'

/** What a topic asks of the next bar. */
export interface Question {
  readonly name: 'close' | 'volatility' | 'move'
  readonly title: string
  /** The truth, once the bar is known. */
  readonly truth: Series
}
