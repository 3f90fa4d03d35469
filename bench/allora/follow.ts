import { quantile } from '../lib/quantile.ts'
import { smooth } from './smooth.ts'

/** Moves scores: the active by what they reached, the others by a low quantile of the active. */
export function follow({
  scores,
  reached,
  share,
  alpha,
}: {
  scores: readonly number[]
  reached: readonly (number | undefined)[]
  share: number
  alpha: number
}): { scores: number[]; quantile: number } {
  const values = reached.filter((value) => value !== undefined)
  const low = quantile({ values, share })

  return {
    scores: scores.map((before, i) => smooth({ before, now: reached[i] ?? low, alpha })),
    quantile: low,
  }
}
