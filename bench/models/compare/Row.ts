import type { TensorBackend } from '@auspex/workers/models'

/** One line of the result; times are medians in milliseconds. */
export type Row = {
  forecaster: string
  /** Null for forecasters that compute in plain TypeScript. */
  backend: TensorBackend | null
  /** Null: as a worker runs it, learning by day and predicting one day. */
  batch: number | null
  fitMs: number | null
  stepMs: number | null
  predictMs: number
  perPrediction: number
  /** Null for cpu itself, where cpu was not measured, and where it is no number. */
  differenceFromCpu: number | null
  /** Whether the difference is within the tolerance; null where nothing was compared. */
  agrees: boolean | null
  tensorGrowth: number | null
  /** Distance between the quartiles of each time. */
  spread: { fitMs: number | null; stepMs: number | null; predictMs: number }
  repeats: number
}
