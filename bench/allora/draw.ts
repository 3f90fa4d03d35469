import { at } from '../lib/at.ts'

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
