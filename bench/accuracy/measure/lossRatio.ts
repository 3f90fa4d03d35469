import { geometricMean } from '../../lib/geometricMean.ts'
import type { RuleName } from '../rules/RuleName.ts'
import type { TopicResult } from './TopicResult.ts'
import { total } from './total.ts'

/** Keeps a perfect rule's logarithm finite. */
const LEAST = 1e-300

/** Geometric mean over topics of one rule's summed loss against another's. */
export function lossRatio({
  results,
  rule,
  against,
}: {
  results: readonly TopicResult[]
  rule: RuleName
  against: RuleName
}): number {
  return geometricMean(
    results
      .map(({ losses }) => ({ own: total(losses[rule]), other: total(losses[against]) }))
      .filter(({ own, other }) => own > 0 || other > 0)
      .map(({ own, other }) => Math.max(own, LEAST) / Math.max(other, LEAST)),
  )
}
