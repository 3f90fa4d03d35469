import { quantile } from '../lib/quantile.ts'
import { sampleDeviation } from '../lib/sampleDeviation.ts'
import { terms } from './terms.ts'

/** What a newcomer is taken to have regretted: well below the lower quarter of the experienced. */
export function initialRegret(
  regrets: readonly number[],
  { p, c, epsilon }: { p: number; c: number; epsilon: number } = terms,
): number {
  if (regrets.length === 0) return 0

  const quarter = quantile({ values: regrets, share: 0.25 })

  return quarter + (c - 8.25 / p) * (sampleDeviation(regrets) + epsilon)
}
