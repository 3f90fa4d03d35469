import { sampleDeviation } from '../lib/statistics.ts'
import { smooth, terms } from './terms.ts'

/** What a lone participant counts as. */
const ALONE = 0.173286795139986

/** Entropy of reward shares, reduced where few of the participants earn most of it. */
export function entropy(
  fractions: readonly number[],
  { entropyBeta }: { entropyBeta: number } = terms,
): number {
  if (fractions.length === 1) return ALONE

  const total = fractions.reduce((sum, fraction) => sum + fraction, 0)
  const shares = fractions.map((fraction) => fraction / total)
  const effective = 1 / shares.reduce((sum, share) => sum + share * share, 0)
  const disorder = -shares.reduce(
    (sum, share) => sum + (share > 0 ? share * Math.log(share) : 0),
    0,
  )

  return disorder * (effective / shares.length) ** entropyBeta
}

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

type RoleShares = {
  ratio: number
  utility: number
  workers: number
  forecasters: number
  reputers: number
}

/**
 * How a topic's reward is split between the roles: by their entropies, and towards forecasters the
 * more they improve on what the workers reach without them.
 */
export function shareRewards(
  {
    workerEntropy,
    forecasterEntropy,
    reputerEntropy,
    taskScore,
    workerScores,
    ratioBefore,
  }: {
    workerEntropy: number
    forecasterEntropy: number
    reputerEntropy: number
    taskScore: number
    workerScores: readonly number[]
    ratioBefore: number
  },
  { rewardAlpha: alpha }: { rewardAlpha: number } = terms,
): RoleShares {
  const best = Math.max(...workerScores)
  const now = (taskScore - Math.min(0, best)) / Math.abs(best)
  const ratio = smooth({ before: ratioBefore, now, alpha })
  const utility = utilityOf(ratio)

  const both = workerEntropy + forecasterEntropy
  const total = both + reputerEntropy
  const gamma = both / ((1 - utility) * workerEntropy + utility * forecasterEntropy)

  return {
    ratio,
    utility,
    workers: ((1 - utility) * gamma * workerEntropy) / total,
    forecasters: (utility * gamma * forecasterEntropy) / total,
    reputers: reputerEntropy / total,
  }
}

function utilityOf(ratio: number): number {
  if (ratio < 0) return 0.1
  if (ratio >= 1) return 0.5

  return 0.4 * ratio + 0.1
}
