import type { TensorBackend } from '@auspex/workers/models'
import { mean } from '../../lib/statistics.ts'
import type { BackendOutcome, Measured } from '../measure/Plan.ts'

/** Backends compute in single precision and sum in orders of their own; training carries that on. */
export const TOLERANCE = 1e-3

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

/**
 * The largest difference between two backends' predictions, relative to the typical size (root mean
 * square) of cpu's; infinite where one of them is no number.
 */
function differenceOf({
  predictions,
  cpu,
}: {
  predictions: readonly number[]
  cpu: readonly number[]
}): number {
  const size = Math.sqrt(mean(cpu.map((value) => value * value)))
  const differences = cpu.map((value, i) => Math.abs(value - (predictions[i] ?? NaN)) / size)

  return differences.every(Number.isFinite) ? Math.max(...differences) : Infinity
}
