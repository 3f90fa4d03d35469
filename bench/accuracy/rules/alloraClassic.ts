import { median } from '../../lib/median.ts'
import { classicWeights } from '../../allora/classicWeights.ts'
import { initialRegret } from '../../allora/initialRegret.ts'
import { terms } from '../../allora/terms.ts'
import { logLoss } from './logLoss.ts'
import type { Rule } from './Rule.ts'
import { weightedMean } from './weightedMean.ts'

const EXPERIENCED = 1 / terms.regretAlpha

/**
 * Allora's classic rule as its network runs it without forecasters: the median until a loss is known,
 * equal weights until somebody is experienced, then weights by regret; whoever is missing in the table
 * starts from the topic's initial regret.
 */
export const alloraClassic: Rule = () => {
  const regrets = new Map<string, { value: number; rounds: number }>()
  let initial = 0

  return (entries) => {
    const predictions = entries.map(({ prediction }) => prediction)
    const known = entries.map(({ worker }) => regrets.get(worker)?.value ?? initial)
    const weights = initial === 0 ? entries.map(() => 1) : classicWeights(known)
    const value = regrets.size === 0 ? median(predictions) : weightedMean(entries, weights)

    return {
      value,
      learn: (truth) => {
        const network = logLoss(value - truth)
        for (const { worker, prediction } of entries) {
          const before = regrets.get(worker) ?? { value: initial, rounds: 0 }
          const latest = network - logLoss(prediction - truth)
          regrets.set(worker, {
            value: terms.regretAlpha * latest + (1 - terms.regretAlpha) * before.value,
            rounds: before.rounds + 1,
          })
        }
        initial = initialRegret(
          [...regrets.values()]
            .filter(({ rounds }) => rounds >= EXPERIENCED)
            .map((regret) => regret.value),
        )
      },
    }
  }
}
