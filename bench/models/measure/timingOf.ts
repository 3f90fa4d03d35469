import { median } from '../../lib/median.ts'
import { quantile } from '../../lib/quantile.ts'
import type { Timing } from './Timing.ts'

export function timingOf(values: readonly number[]): Timing {
  const spread = quantile({ values, share: 0.75 }) - quantile({ values, share: 0.25 })

  return { median: median(values), spread, repeats: values.length }
}
