import { closeOf, largeMove, rangeVolatility } from './series.ts'
import type { Series } from './series.ts'

/** What a topic asks of the next bar. */
export interface Question {
  readonly name: 'close' | 'volatility' | 'move'
  readonly title: string
  /** What its truths are: a level that walks, a volatility, or 1 and 0 of an event. */
  readonly measure: 'level' | 'volatility' | 'probability'
  /** The truth, once the bar is known. */
  readonly truth: Series
}

/** The three questions asked about the next trading day. */
export const questions = [
  { name: 'close', title: 'next-day close', measure: 'level', truth: closeOf },
  {
    name: 'volatility',
    title: 'next-day range volatility, per cent a year',
    measure: 'volatility',
    truth: rangeVolatility,
  },
  {
    name: 'move',
    title: 'probability that the next-day close moves by more than 1 %',
    measure: 'probability',
    truth: largeMove,
  },
] as const satisfies readonly Question[]
