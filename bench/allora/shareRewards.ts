import { smooth } from './smooth.ts'
import { terms } from './terms.ts'

export type RoleShares = {
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
