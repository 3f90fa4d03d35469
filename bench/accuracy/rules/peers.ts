import { alloraClassic, alloraCurrent } from './allora.ts'
import { boa } from './boa.ts'
import { equalMean, equalMedian, trimmedMean } from './means.ts'
import { mlPoly } from './mlPoly.ts'
import { bestSoFar, inverseError } from './records.ts'
import type { Rule } from './Rule.ts'

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

export type PeerName = keyof typeof peers
export type RuleName = 'ours' | PeerName

export const peerNames = Object.keys(peers) as PeerName[]
export const ruleNames: readonly RuleName[] = ['ours', ...peerNames]
