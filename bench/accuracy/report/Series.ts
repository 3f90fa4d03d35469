/** One line or band of a chart: a value a round. */
export type Series = { name: string; color: string; values: readonly number[] }
