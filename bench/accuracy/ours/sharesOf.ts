import { trust } from '@auspex/sdk/maths'
import type { Expert, Learning, PublishedRound } from '@auspex/sdk/maths'
import type { Shares } from './Engine.ts'

const HOUSE_PRIOR = 0.2

/** Who spoke in a published round, for charts. The aggregate itself does not come from here. */
export function sharesOf({
  round,
  learning,
}: {
  round: PublishedRound
  learning: Learning
}): Shares {
  const { wagers, trusts } = round.submissions
  const total = wagers.reduce((sum, wager) => sum + Number(wager), 0)
  const house = ({ regret, energy }: Expert) =>
    HOUSE_PRIOR * Number(trust(regret, energy, learning.peak))

  const weights = wagers.map((wager, i) => (Number(wager) / total) * Number(trusts[i] ?? 0n))
  const anchor = house(learning.anchor)
  const mean = house(learning.mean)
  const mass = weights.reduce((sum, weight) => sum + weight, anchor + mean)
  if (mass === 0) return { anchor: 1, mean: 0, workers: new Map() }

  return {
    anchor: anchor / mass,
    mean: mean / mass,
    workers: new Map(round.predictions.map(({ worker }, i) => [worker, (weights[i] ?? 0) / mass])),
  }
}
