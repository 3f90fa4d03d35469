/** Regrets of the contributors at hand to their weights, not normalised. */
export type Weigh = (regrets: readonly number[]) => number[]
