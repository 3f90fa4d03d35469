import type { Cost } from '../chain.ts'

/** The phases of a round in their order; `settle` is resolve and settle in one transaction. */
export const phases = ['commit', 'reveal', 'publish', 'settle'] as const
export type PhaseName = (typeof phases)[number]

export type RoundCost = Record<PhaseName, Cost>
