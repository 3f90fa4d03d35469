import type { History } from '../../sources/history.ts'

/** What was known at the close of a bar, as numbers. */
export type Features = (history: History, end: number) => number[]
