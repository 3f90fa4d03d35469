import type { BackendOutcome } from '../measure/BackendOutcome.ts'
import type { Measured } from '../measure/Measured.ts'
import { differenceOf } from './differenceOf.ts'
import type { Row } from './Row.ts'
import { TOLERANCE } from './tolerance.ts'

/** All measurements as rows, each compared with the same one on cpu. */
export function rowsOf({
  plain,
  outcomes,
}: {
  plain: readonly Measured[]
  outcomes: readonly BackendOutcome[]
}): Row[] {
  const done = outcomes.filter((outcome) => outcome.status === 'measured')
  const onCpu = done.find(({ backend }) => backend === 'cpu')?.measured ?? []

  return [
    ...plain.map((measured) => rowOf({ measured, backend: null, cpu: undefined })),
    ...done.flatMap(({ backend, measured: all }) =>
      all.map((measured) => {
        const cpu = backend === 'cpu' ? undefined : onCpu.find((each) => isSame(each, measured))
        return rowOf({ measured, backend, cpu })
      }),
    ),
  ]
}

function isSame(one: Measured, other: Measured): boolean {
  return one.forecaster === other.forecaster && one.batch === other.batch
}

function rowOf({
  measured: { forecaster, batch, fit, step, predict, tensorGrowth, predictions },
  backend,
  cpu,
}: {
  measured: Measured
  backend: Row['backend']
  cpu: Measured | undefined
}): Row {
  const difference = cpu === undefined ? null : differenceOf({ predictions, cpu: cpu.predictions })

  return {
    forecaster,
    backend,
    batch,
    fitMs: fit?.median ?? null,
    stepMs: step?.median ?? null,
    predictMs: predict.median,
    perPrediction: predict.median / (batch ?? 1),
    differenceFromCpu: difference !== null && Number.isFinite(difference) ? difference : null,
    agrees: difference === null ? null : difference <= TOLERANCE,
    tensorGrowth,
    spread: {
      fitMs: fit?.spread ?? null,
      stepMs: step?.spread ?? null,
      predictMs: predict.spread,
    },
    repeats: predict.repeats,
  }
}
