import type { Budget } from '../measure/budgets.ts'
import type { Figures } from '../measure/Figures.ts'
import type { Goal } from './Goal.ts'
import type { Recorded } from './Recorded.ts'

/** All that the bench prints. The first figures are those of the newest hardfork. */
export type Report = {
  figures: readonly [Figures, ...Figures[]]
  bytecode: Record<string, number>
  budgets: readonly Budget[]
  goal: Goal
  recorded: Recorded
}
