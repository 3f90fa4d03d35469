import type { Tensors } from '../backends/tensors.ts'
import type { Forecaster } from '../forecaster.ts'

/** One worker of a pool: who it is, how sure it says it is, and how to make its model afresh. */
export interface WorkerSpec {
  readonly name: string
  /** Share of its budget that it wagers, above 0 and at most 1. */
  readonly confidence: number
  create(): Forecaster
}

export interface PoolOptions {
  tensors: Pick<Tensors, 'tf'>
  seed: number
}
