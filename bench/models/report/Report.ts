import type { TensorBackend } from '@auspex/workers/models'
import type { Ratio } from '../compare/ratiosOf.ts'
import type { Row } from '../compare/Row.ts'
import type { Machine } from './Machine.ts'

/** All that the bench prints, as plain data. */
export type Report = {
  machine: Machine
  tolerance: number
  backends: Backend[]
  rows: Row[]
  ratios: Ratio[]
  faults: string[]
}

export type Backend = {
  name: TensorBackend
  device: string | null
  isGpu: boolean
  available: boolean
  reason?: string
}
