import { alloraClassic } from './alloraClassic.ts'
import { alloraCurrent } from './alloraCurrent.ts'
import { bestSoFar } from './bestSoFar.ts'
import { boa } from './boa.ts'
import { equalMean } from './equalMean.ts'
import { equalMedian } from './equalMedian.ts'
import { inverseError } from './inverseError.ts'
import { mlPoly } from './mlPoly.ts'
import type { Rule } from './Rule.ts'
import { trimmedMean } from './trimmedMean.ts'

/** What ours is compared with, by the names that reports use. */
export const peers = {
  mean: equalMean,
  median: equalMedian,
  trimmed: trimmedMean,
  bestSoFar,
  inverse: inverseError,
  boa,
  mlpoly: mlPoly,
  alloraClassic,
  alloraCurrent,
} as const satisfies Record<string, Rule>
