import type { Timing } from './Timing.ts'

/** Times and answers of one forecaster on one backend. */
export type Measured = {
  forecaster: string
  /** Null: as a worker runs it, learning by day and predicting one day. */
  batch: number | null
  fit: Timing | null
  step: Timing | null
  predict: Timing
  /** Tensors alive after training and predicting, less those before; null where there are none. */
  tensorGrowth: number | null
  /** What it predicted after learning, to compare backends by. */
  predictions: readonly number[]
}
