import { at } from '../lib/checks.ts'
import { quantile, sampleDeviation } from '../lib/statistics.ts'
import { smooth } from './terms.ts'

/** Who takes part: those with the best moving scores, and the least of these. */
export function draw({ scores, seats }: { scores: readonly number[]; seats: number }): {
  active: boolean[]
  cutoff: number
} {
  const order = scores.map((_, i) => i).sort((a, b) => at(scores, b) - at(scores, a))
  const drawn = order.slice(0, seats)

  return {
    active: scores.map((_, i) => drawn.includes(i)),
    cutoff: at(scores, at(drawn, drawn.length - 1)),
  }
}

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

/** Where a newcomer's moving score starts: clearly below everybody active. */
export function initialScore({
  scores,
  lambda = 2,
}: {
  scores: readonly number[]
  lambda?: number
}): number {
  return Math.min(...scores) - lambda * sampleDeviation(scores)
}

/** Pulls a score towards where newcomers start, once per epoch its owner stayed away. */
export function decayMissed({
  score,
  initial,
  missed,
  alpha,
}: {
  score: number
  initial: number
  missed: number
  alpha: number
}): number {
  return Array.from({ length: missed }).reduce<number>(
    (before) => smooth({ before, now: initial, alpha }),
    score,
  )
}
