import { at } from '../lib/checks.ts'
import { median, quantile, sampleDeviation } from '../lib/statistics.ts'
import { terms } from './terms.ts'

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

/** Moves every regret towards what the epoch showed: the network's loss less the contributor's. */
export function updateRegrets(
  { regrets, losses }: { regrets: Regrets; losses: Losses },
  { regretAlpha: alpha }: { regretAlpha: number } = terms,
): Regrets {
  const workers = losses.workers.length
  const contributors = [...losses.workers, ...losses.implied]

  const move = (before: readonly number[], network: number, own: readonly number[]) =>
    own.map((loss, l) => alpha * (network - loss) + (1 - alpha) * at(before, l))

  return {
    combined: move(regrets.combined, losses.combined, contributors),
    naive: move(regrets.naive, losses.naive, losses.workers),
    without: losses.without.map((network, o) => {
      const implied = o < workers ? losses.impliedWithout.map((row) => at(row, o)) : losses.implied
      return move(at(regrets.without, o), network, [...losses.workers, ...implied])
    }),
    withOnly: losses.withOnly.map((network, k) =>
      move(at(regrets.withOnly, k), network, [...losses.workers, at(losses.implied, k)]),
    ),
  }
}

/** What a newcomer is taken to have regretted: well below the lower quarter of the experienced. */
export function initialRegret(
  regrets: readonly number[],
  { p, c, epsilon }: { p: number; c: number; epsilon: number } = terms,
): number {
  if (regrets.length === 0) return 0

  const quarter = quantile({ values: regrets, share: 0.25 })

  return quarter + (c - 8.25 / p) * (sampleDeviation(regrets) + epsilon)
}

const NORMAL = 1.4826

/** The current rule's common scale: the median absolute deviation, as of a normal distribution. */
export function regretScale({
  regrets,
  epsilon,
}: {
  regrets: readonly number[]
  epsilon: number
}): number {
  const centre = median(regrets)

  return NORMAL * median(regrets.map((regret) => Math.abs(regret - centre))) + epsilon
}
