import type { Entry } from '../panel/Panel.ts'

const BUDGET = 10n ** 18n
const FULL = 10_000n

/** What an entry puts at risk: stakes are equal, confidence counts in basis points as on chain. */
export function wagerOf({ confidence }: Entry): bigint {
  return (BUDGET * BigInt(Math.max(Math.round(confidence * Number(FULL)), 1))) / FULL
}
