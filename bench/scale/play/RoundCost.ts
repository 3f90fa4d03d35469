import type { Spent } from './Spent.ts'

/** The reputer's transactions of a round in their order; `publish` reveals as well, and `settle` resolves. */
export const phases = ['commit', 'publish', 'settle'] as const
type PhaseName = (typeof phases)[number]

/** What one round of every topic of a scene took. */
export type RoundCost = {
  /** Sealing and signing all predictions and writing them into the workers' journal. */
  seal: Spent
  /** Handing in commitments and openings, which the reputer checks and keeps. */
  handIn: Spent
  phases: Record<PhaseName, Spent>
  /** A look at the chain while there is nothing to do: all is committed, or all is published. */
  idle: { commit: Spent; live: Spent }
}
