/** What some work took: milliseconds, and what the reputer asked of the chain meanwhile. */
export type Spent = { ms: number; calls: number; transactions: number; gas: number }
