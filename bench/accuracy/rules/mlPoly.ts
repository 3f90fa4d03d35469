import { weightedMean } from './means.ts'
import type { Rule } from './Rule.ts'

/**
 * ML-Poly (Gaillard, Stoltz and van Erven 2014) on the linearised square loss: weights are positive
 * regrets over one learning rate for each expert; experts that are absent sleep.
 */
export const mlPoly: Rule = () => {
  const experts = new Map<string, { regret: number; energy: number }>()
  let peak = 0

  return (entries) => {
    const weights = entries.map(({ worker }) => {
      const { regret, energy } = experts.get(worker) ?? { regret: 0, energy: 0 }
      return regret > 0 ? regret / (peak + energy) : 0
    })
    const value = weightedMean(entries, weights)

    return {
      value,
      learn: (truth) => {
        for (const { worker, prediction } of entries) {
          const latest = 2 * (value - truth) * (value - prediction)
          const { regret, energy } = experts.get(worker) ?? { regret: 0, energy: 0 }
          experts.set(worker, { regret: regret + latest, energy: energy + latest ** 2 })
          peak = Math.max(peak, latest ** 2)
        }
      },
    }
  }
}
