import { mean } from '../../lib/mean.ts'
import type { Entry } from '../panel/Panel.ts'

export type ErrorRecord = {
  /** summed squared errors */
  own: number
  /** what the average worker made in the same rounds */
  average: number
}

/** Keeps every worker's squared errors beside the average of those present in the same rounds. */
export function trackErrors() {
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
