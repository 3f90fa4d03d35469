import type { TensorBackend } from '@auspex/workers/models'
import type { Measured } from './Measured.ts'

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
