import type { Entry } from '../panel/Panel.ts'
import { confidenceOf } from './confidenceOf.ts'

/** What everybody risks at full confidence, few enough digits for a seal. Only proportions matter to the rule. */
export const BUDGET = 10n ** 10n

/** What an entry puts at risk: stakes are equal, confidence counts. */
export function wagerOf(entry: Entry): bigint {
  return (BUDGET * confidenceOf(entry)) / 10_000n
}
