import { closeOf } from './closeOf.ts'
import { largeMove } from './largeMove.ts'
import type { Question } from './question.ts'
import { rangeVolatility } from './rangeVolatility.ts'

/** The three questions asked about the next trading day. */
export const questions = [
  { name: 'close', title: 'next-day close', truth: closeOf },
  {
    name: 'volatility',
    title: 'next-day range volatility, per cent a year',
    truth: rangeVolatility,
  },
  {
    name: 'move',
    title: 'probability that the next-day close moves by more than 1 %',
    truth: largeMove,
  },
] as const satisfies readonly Question[]
