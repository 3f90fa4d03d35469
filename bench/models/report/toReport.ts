import { faultsOf } from '../compare/faultsOf.ts'
import { ratiosOf } from '../compare/ratiosOf.ts'
import { rowsOf } from '../compare/rowsOf.ts'
import { TOLERANCE } from '../compare/tolerance.ts'
import type { BackendOutcome } from '../measure/BackendOutcome.ts'
import type { Measured } from '../measure/Measured.ts'
import { describeMachine } from './describeMachine.ts'
import type { Backend, Report } from './Report.ts'

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
