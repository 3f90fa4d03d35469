import type { Row } from './rowsOf.ts'

/** Wasm's time divided by a backend's: above one, the backend is the faster. */
export type Ratio = Pick<Row, 'forecaster' | 'backend' | 'batch'> & {
  fit: number | null
  step: number | null
  predict: number
}

export function ratiosOf(rows: readonly Row[]): Ratio[] {
  return rows.flatMap((row) => {
    const { forecaster, backend, batch } = row
    const wasm = rows.find(
      (each) => each.backend === 'wasm' && each.forecaster === forecaster && each.batch === batch,
    )
    if (wasm === undefined || backend === null || backend === 'wasm') return []

    return {
      forecaster,
      backend,
      batch,
      fit: divide(wasm.fitMs, row.fitMs),
      step: divide(wasm.stepMs, row.stepMs),
      predict: wasm.predictMs / row.predictMs,
    }
  })
}

function divide(above: number | null, below: number | null): number | null {
  return above === null || below === null ? null : above / below
}
