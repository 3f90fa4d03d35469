import os from 'node:os'
import type { TensorBackend } from '@auspex/workers/models'
import { faultsOf } from '../compare/faultsOf.ts'
import { ratiosOf } from '../compare/ratiosOf.ts'
import type { Ratio } from '../compare/ratiosOf.ts'
import { rowsOf, TOLERANCE } from '../compare/rowsOf.ts'
import type { Row } from '../compare/rowsOf.ts'
import type { BackendOutcome, Measured } from '../measure/Plan.ts'

/** Where figures were taken. */
type Machine = { cpu: string; cores: number; memory: string; os: string; node: string }

/** All that the bench prints, as plain data. */
export type Report = {
  machine: Machine
  tolerance: number
  backends: Backend[]
  rows: Row[]
  ratios: Ratio[]
  faults: string[]
}

type Backend = {
  name: TensorBackend
  device: string | null
  isGpu: boolean
  available: boolean
  reason?: string
}

export function toReport(results: {
  plain: readonly Measured[]
  outcomes: readonly BackendOutcome[]
}): Report {
  const rows = rowsOf(results)

  return {
    machine: describeMachine(),
    tolerance: TOLERANCE,
    backends: results.outcomes.map(backendOf),
    rows,
    ratios: ratiosOf(rows),
    faults: faultsOf(rows),
  }
}

function backendOf(outcome: BackendOutcome): Backend {
  const { backend: name } = outcome
  if (outcome.status === 'missing') {
    return { name, device: null, isGpu: false, available: false, reason: outcome.reason }
  }
  const { device, isGpu } = outcome
  return { name, device, isGpu, available: true }
}

function describeMachine(): Machine {
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
  }
}
