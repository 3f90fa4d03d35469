import { at } from '../lib/at.ts'
import type { Losses } from './Losses.ts'
import type { Regrets } from './Regrets.ts'
import { terms } from './terms.ts'

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
