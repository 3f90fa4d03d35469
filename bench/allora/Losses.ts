/** Losses of one epoch, log10 unless the topic allows negative ones. Order as in `Regrets`. */
export type Losses = {
  combined: number
  naive: number
  workers: readonly number[]
  implied: readonly number[]
  impliedWithout: readonly (readonly number[])[]
  without: readonly number[]
  withOnly: readonly number[]
}
