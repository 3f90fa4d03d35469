import type { TensorBackend } from '@auspex/workers/models'
import type { Plan } from './Plan.ts'

/** What a process of one backend is asked to do. */
export type BackendJob = {
  backend: TensorBackend
  /** Accept a GPU that the processor emulates. */
  software: boolean
  plan: Plan
}
