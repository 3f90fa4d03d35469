import type { Entry } from '../panel/Panel.ts'

/** Confidence as the network takes it, whole basis points from 1 to 10,000. */
export function confidenceOf({ confidence }: Entry): bigint {
  return BigInt(Math.max(Math.round(confidence * 10_000), 1))
}
