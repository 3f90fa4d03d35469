import { mean } from '../../lib/mean.ts'
import type { Entry } from '../panel/Panel.ts'

/** The mean by weights; the equal mean where nobody has any. */
export function weightedMean(entries: readonly Entry[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0)) return mean(entries.map(({ prediction }) => prediction))

  return entries.reduce((sum, { prediction }, i) => sum + (weights[i] ?? 0) * prediction, 0) / total
}
