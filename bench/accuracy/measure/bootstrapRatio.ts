import { createRandom } from '../../lib/createRandom.ts'
import { quantile } from '../../lib/quantile.ts'
import { at } from '../../lib/at.ts'
import type { RuleName } from '../rules/RuleName.ts'
import type { LossPanel } from './lossPanel.ts'

const SEED = 20_230_901

export type Interval = { low: number; high: number }

/**
 * A 95 % interval of a loss ratio (geometric mean over topics). Blocks of consecutive rounds are drawn
 * with replacement, the same for every topic, so that what topics share in time stays shared.
 */
export function bootstrapRatio({
  panel,
  rule,
  against,
  resamples = 1000,
}: {
  panel: LossPanel
  rule: RuleName
  against: RuleName
  resamples?: number
}): Interval {
  const random = createRandom(SEED)
  const size = Math.min(panel.rounds, Math.max(panel.lag + 1, Math.round(Math.cbrt(panel.rounds))))
  const blocks = Math.ceil(panel.rounds / size)
  const own = panel.sums[rule] ?? []
  const other = panel.sums[against] ?? []

  const ratios = Array.from({ length: resamples }, () => {
    const starts = Array.from({ length: blocks }, () =>
      Math.floor(random() * (panel.rounds - size + 1)),
    )
    let logs = 0
    let topics = 0
    own.forEach((sums, topic) => {
      const numerator = over({ sums, starts, size })
      const denominator = over({ sums: at(other, topic), starts, size })
      if (!(numerator > 0) || !(denominator > 0)) return
      logs += Math.log(numerator / denominator)
      topics++
    })
    return topics === 0 ? NaN : Math.exp(logs / topics)
  }).filter((ratio) => !Number.isNaN(ratio))

  if (ratios.length === 0) return { low: NaN, high: NaN }

  return {
    low: quantile({ values: ratios, share: 0.025 }),
    high: quantile({ values: ratios, share: 0.975 }),
  }
}

function over({
  sums,
  starts,
  size,
}: {
  sums: Float64Array
  starts: readonly number[]
  size: number
}): number {
  let part = 0
  for (const start of starts) part += (sums[start + size] ?? 0) - (sums[start] ?? 0)

  return part
}
