import type { Question } from '@auspex/workers/models'

/** What is measured, on every backend alike. */
export type Plan = {
  questions: readonly Question['name'][]
  /** Rows of a training step and of a prediction. */
  batches: readonly number[]
  repeats: number
}

/** Equal seeds give equal first weights and equal orders of rows on every backend. */
export const SEED = 1
