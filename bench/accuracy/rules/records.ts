import { mean } from '../../lib/statistics.ts'
import type { Entry } from '../panel/Panel.ts'
import { weightedMean } from './means.ts'
import type { Rule } from './Rule.ts'

/**
 * Follows the worker furthest ahead of the average worker of its rounds, so that absence neither
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

type ErrorRecord = {
  /** summed squared errors */
  own: number
  /** what the average worker made in the same rounds */
  average: number
}

/** Keeps every worker's squared errors beside the average of those present in the same rounds. */
function trackErrors() {
  const records = new Map<string, ErrorRecord>()

  return {
    of: (worker: string) => records.get(worker),
    learn: (entries: readonly Entry[], truth: number) => {
      const errors = entries.map(({ prediction }) => (prediction - truth) ** 2)
      const average = mean(errors)
      entries.forEach(({ worker }, i) => {
        const before = records.get(worker) ?? { own: 0, average: 0 }
        records.set(worker, {
          own: before.own + (errors[i] ?? 0),
          average: before.average + average,
        })
      })
    },
  }
}
