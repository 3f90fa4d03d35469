import { sampleDeviation } from '../lib/statistics.ts'
import { terms } from './terms.ts'

/** Regrets of the contributors at hand to their weights, not normalised. */
export type Weigh = (regrets: readonly number[]) => number[]

/**
 * Allora's classic rule: regrets in units of their own deviation, capped above, lifted where all are
 * poor, and cut to zero far below; the weight is the slope of a softplus.
 */
export function classicWeights(
  regrets: readonly number[],
  { p, c, epsilon }: { p: number; c: number; epsilon: number } = terms,
): number[] {
  const scale = sampleDeviation(regrets) + epsilon
  const normalised = regrets.map((regret) => regret / scale)
  const best = Math.max(...normalised)
  const ceiling = c + 6.75 / p
  const anchor = c - 8.25 / p
  const floor = c - 17.25 / p
  const lift = best < anchor ? anchor - best : 0

  return normalised.map((regret) => {
    const lifted = Math.min(regret, ceiling) + lift
    if (lifted < floor) return 0

    return p / (Math.exp(p * (c - lifted)) + 1)
  })
}

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

/** (1 + e^a) / (1 + e^b), without overflow on the way. */
export function exponentialRatio(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) throw new RangeError('not a number')

  return Math.exp(softplus(a) - softplus(b))
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}
