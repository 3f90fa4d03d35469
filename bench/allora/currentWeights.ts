import { exponentialRatio } from './exponentialRatio.ts'
import { terms } from './terms.ts'

/**
 * Allora's current rule: one scale for a whole topic and epoch, and weights relative to the best
 * contributor, whose own is 1.
 */
export function currentWeights(
  { regrets, scale }: { regrets: readonly number[]; scale: number },
  { p, c }: { p: number; c: number } = terms,
): number[] {
  const normalised = regrets.map((regret) => regret / scale)
  const best = Math.max(...normalised)

  return normalised.map((regret) => exponentialRatio(-p * (best - c), -p * (regret - c)))
}
