import { sampleDeviation } from '../lib/sampleDeviation.ts'
import { terms } from './terms.ts'

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
