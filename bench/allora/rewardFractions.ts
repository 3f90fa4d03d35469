import { sampleDeviation } from '../lib/sampleDeviation.ts'
import { terms } from './terms.ts'

type Terms = { p: number; c: number; epsilon: number; scoreSamples: number }

/**
 * Shares of a role's reward: a softplus of the scores in units of their recent deviation.
 * `recent` are the latest scores of the role, newest epoch first, workers in order within one.
 */
export function rewardFractions(
  { scores, recent }: { scores: readonly number[]; recent: readonly number[] },
  { p, c, epsilon, scoreSamples }: Terms = terms,
): number[] {
  const deviation = sampleDeviation(recent.slice(0, scoreSamples))
  if (deviation < epsilon) return scores.map(() => 1 / scores.length)

  const parts = scores.map((score) => softplus(p * (score / (deviation + epsilon) - c)))
  const total = parts.reduce((sum, part) => sum + part, 0)

  return parts.map((part) => part / total)
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}
