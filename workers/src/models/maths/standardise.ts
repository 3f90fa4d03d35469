import type { Scale } from './scaleOf.ts'

/** A row in units of each column's spread about its centre. */
export function standardise(row: number[], scales: Scale[]): number[] {
  return row.map((value, i) => (value - scales[i]!.centre) / scales[i]!.spread)
}
