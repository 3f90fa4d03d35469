import { mean, median } from '../../lib/statistics.ts'
import type { Entry } from '../panel/Panel.ts'
import type { Rule } from './Rule.ts'

export const equalMean: Rule = () => (entries) => ({
  value: mean(entries.map(({ prediction }) => prediction)),
  learn: ignore,
})

export const equalMedian: Rule = () => (entries) => ({
  value: median(entries.map(({ prediction }) => prediction)),
  learn: ignore,
})

const TRIMMED = 0.2

/** The mean without the lowest and the highest fifth. */
export const trimmedMean: Rule = () => (entries) => {
  const sorted = entries.map(({ prediction }) => prediction).sort((a, b) => a - b)
  const cut = Math.floor(TRIMMED * sorted.length)

  return { value: mean(sorted.slice(cut, sorted.length - cut)), learn: ignore }
}

/** The mean by weights; the equal mean where nobody has any. */
export function weightedMean(entries: readonly Entry[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0)) return mean(entries.map(({ prediction }) => prediction))

  return entries.reduce((sum, { prediction }, i) => sum + (weights[i] ?? 0) * prediction, 0) / total
}

/** For rules that learn nothing. */
function ignore(): void {}
