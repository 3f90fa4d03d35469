import type { History } from './history.ts'

/** One number a bar, looking back from it and never forward. */
export type Series = (history: History, index: number) => number
