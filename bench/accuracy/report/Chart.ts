import type { Series } from './Series.ts'

/** What a chart shows: series over rounds, with both ranges already chosen. */
export type Chart = {
  title: string
  rounds: readonly number[]
  range: readonly [number, number]
  series: readonly Series[]
  /** how a value on the upright axis is written */
  write: (value: number) => string
}
