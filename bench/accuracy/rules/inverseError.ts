import { mean } from '../../lib/mean.ts'
import type { Rule } from './Rule.ts'
import { trackErrors } from './trackErrors.ts'
import { weightedMean } from './weightedMean.ts'

const LEAST = 1e-12

/**
 * Weights inverse to the squared error, each worker's in units of the average of its rounds.
 * Newcomers count as the average of the others.
 */
export const inverseError: Rule = () => {
  const errors = trackErrors()

  return (entries) => {
    const relative = entries.map(({ worker }) => {
      const record = errors.of(worker)
      return record === undefined ? undefined : Math.max(record.own / record.average || 0, LEAST)
    })
    const known = relative.filter((error) => error !== undefined)
    const newcomer = known.length === 0 ? 1 : mean(known)

    return {
      value: weightedMean(
        entries,
        relative.map((error) => 1 / (error ?? newcomer)),
      ),
      learn: (truth) => errors.learn(entries, truth),
    }
  }
}
