/**
 * What a topic remembers of its contributors: workers first, then forecasters.
 * `without[o][l]` is l's regret where o is left out, `withOnly[k][l]` a worker's (and last the
 * forecaster's own) where k is the only forecaster.
 */
export type Regrets = {
  combined: readonly number[]
  naive: readonly number[]
  without: readonly (readonly number[])[]
  withOnly: readonly (readonly number[])[]
}
