import { initialRegret, regretScale } from '../../allora/regrets.ts'
import { terms } from '../../allora/terms.ts'
import { classicWeights, currentWeights } from '../../allora/weights.ts'
import { median } from '../../lib/statistics.ts'
import { weightedMean } from './means.ts'
import type { Rule } from './Rule.ts'

const EXPERIENCED = 1 / terms.regretAlpha

/**
 * Allora's classic rule as its network runs it without forecasters: the median until a loss is known,
 * equal weights until a worker is experienced, then weights by regret; a worker missing in the table
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

/**
 * Allora's current rule without forecasters: the median until a loss is known, then weights by regret
 * in units of the scale that the last epoch's contributors left; a missing worker has none.
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

/** Errors below a billionth are all alike, so that no single lucky hit rules a topic. */
const SMALLEST = 1e-18

/** The loss Allora's topics learn from: the decimal logarithm of the squared error. */
function logLoss(error: number): number {
  return Math.log10(Math.max(error ** 2, SMALLEST))
}
