import type { Question, TensorBackend } from '@auspex/workers/models'
import type { Timing } from './timing.ts'

/** What is measured, on every backend alike. */
export type Plan = {
  questions: readonly Question['name'][]
  /** Rows of a training step and of a prediction. */
  batches: readonly number[]
  repeats: number
}

/** Equal seeds give equal first weights and equal orders of rows on every backend. */
export const SEED = 1

/** What a process of one backend is asked to do. */
export type BackendJob = {
  backend: TensorBackend
  /** Accept a GPU that the processor emulates. */
  software: boolean
  plan: Plan
}

/** What became of a backend. */
export type BackendOutcome =
  | {
      backend: TensorBackend
      status: 'measured'
      device: string
      isGpu: boolean
      measured: readonly Measured[]
    }
  | { backend: TensorBackend; status: 'missing'; reason: string }

/** What the process of a backend says. */
export type BackendMessage = { progress: string } | { outcome: BackendOutcome } | { fault: string }

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
