import { currentWeights } from '../../allora/currentWeights.ts'
import { regretScale } from '../../allora/regretScale.ts'
import { terms } from '../../allora/terms.ts'
import { median } from '../../lib/median.ts'
import { logLoss } from './logLoss.ts'
import type { Rule } from './Rule.ts'
import { weightedMean } from './weightedMean.ts'

/**
 * Allora's current rule without forecasters: the median until a loss is known, then weights by regret
 * in units of the scale that the last epoch's contributors left; whoever is missing has none.
 */
export const alloraCurrent: Rule = () => {
  const regrets = new Map<string, number>()
  let scale = 0

  return (entries) => {
    const known = entries.map(({ worker }) => regrets.get(worker) ?? 0)
    const value =
      scale === 0
        ? median(entries.map(({ prediction }) => prediction))
        : weightedMean(entries, currentWeights({ regrets: known, scale }))

    return {
      value,
      learn: (truth) => {
        const network = logLoss(value - truth)
        const moved = entries.map(({ worker, prediction }) => {
          const latest = network - logLoss(prediction - truth)
          const regret =
            terms.regretAlpha * latest + (1 - terms.regretAlpha) * (regrets.get(worker) ?? 0)
          regrets.set(worker, regret)
          return regret
        })
        scale = regretScale({ regrets: moved, epsilon: terms.epsilon })
      },
    }
  }
}
