import type { Entry } from '../panel/Panel.ts'
import { trackErrors } from './trackErrors.ts'
import type { Rule } from './Rule.ts'
import { weightedMean } from './weightedMean.ts'

/**
 * Follows whoever is furthest ahead of the average worker of its rounds, so that absence neither
 * helps nor hurts; the equal mean until somebody has a record.
 */
export const bestSoFar: Rule = () => {
  const errors = trackErrors()

  return (entries) => {
    const leads = entries.map(({ worker }) => {
      const record = errors.of(worker)
      return record === undefined ? -Infinity : record.average - record.own
    })
    const best = Math.max(...leads)
    const leader = best === -Infinity ? -1 : leads.indexOf(best)

    return {
      value: weightedMean(
        entries,
        entries.map((_: Entry, i) => (i === leader ? 1 : 0)),
      ),
      learn: (truth) => errors.learn(entries, truth),
    }
  }
}
