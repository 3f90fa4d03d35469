import { TOLERANCE } from './rowsOf.ts'
import type { Row } from './rowsOf.ts'

/** What must not be: predictions that differ from cpu's, and tensors left behind. */
export function faultsOf(rows: readonly Row[]): string[] {
  return rows.flatMap((row) => {
    const who = `${row.forecaster} on ${row.backend}, ${row.batch === null ? 'by day' : `batch ${row.batch}`}`
    const faults: string[] = []
    if (row.agrees === false) {
      const by = row.differenceFromCpu?.toExponential(1) ?? 'no number'
      faults.push(`${who}: predictions differ from cpu's by ${by}; at most ${TOLERANCE} is fine`)
    }
    if (row.tensorGrowth !== null && row.tensorGrowth > 0) {
      faults.push(`${who}: ${row.tensorGrowth} tensors left behind`)
    }
    return faults
  })
}
