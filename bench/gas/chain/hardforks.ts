/** The forks that are measured: one that rollups still run, and the newest that the embedded chain knows. */
export const hardforks = ['prague', 'osaka'] as const
export type Hardfork = (typeof hardforks)[number]

/** What a figure without a fork's name was measured on. */
export const NEWEST: Hardfork = 'osaka'
