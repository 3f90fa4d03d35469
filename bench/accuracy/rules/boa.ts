import { weightedMean } from './means.ts'
import type { Rule } from './Rule.ts'

type Expert = { regret: number; variance: number; range: number }

const NEWCOMER: Expert = { regret: 0, variance: 0, range: 0 }

/**
 * Bernstein online aggregation (Wintenberger 2017) on the linearised square loss, with each expert's
 * own learning rate; experts that are absent sleep.
 */
export const boa: Rule = () => {
  const experts = new Map<string, Expert>()

  return (entries) => {
    const present = entries.map(({ worker }) => experts.get(worker) ?? NEWCOMER)
    const value = weightedMean(entries, weigh(present))

    return {
      value,
      learn: (truth) => {
        const slope = 2 * (value - truth)
        for (const { worker, prediction } of entries) {
          const { regret, variance, range } = experts.get(worker) ?? NEWCOMER
          const latest = slope * (value - prediction)
          const moved = {
            variance: variance + latest ** 2,
            range: Math.max(range, Math.abs(latest)),
          }
          const rate = rateOf({ ...moved, regret }, entries.length)
          experts.set(worker, { ...moved, regret: regret + latest - rate * latest ** 2 })
        }
      },
    }
  }
}

/** rate x exp(rate x regret), scaled so that the largest is 1. */
function weigh(present: readonly Expert[]): number[] {
  const rates = present.map((expert) => rateOf(expert, present.length))
  const fastest = Math.max(...rates)
  const exponents = present.map((expert, i) => {
    const rate = rates[i] ?? 0
    return Math.log(rate > 0 ? rate : fastest) + rate * expert.regret
  })
  const largest = Math.max(...exponents)

  return exponents.map((exponent) => Math.exp(exponent - largest))
}

function rateOf({ variance, range }: Expert, count: number): number {
  if (variance === 0) return 0

  return Math.min(1 / range, Math.sqrt(Math.log(Math.max(count, 2)) / variance))
}
