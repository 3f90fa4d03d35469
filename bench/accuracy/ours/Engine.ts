import { trust } from '@auspex/sdk/maths'
import type { Expert, Learning, PublishedRound } from '@auspex/sdk/maths'
import type { Entry, Topic } from '../panel/Panel.ts'

/** How much of the inner aggregate each source holds; the shares sum to one. */
export type Shares = { anchor: number; mean: number; workers: ReadonlyMap<string, number> }

/** Widths of an interval below and above its value, fixed point. */
type Widths = { below: bigint; above: bigint }

/** What the network published in a round, fixed point. */
export type Published = { value: bigint; widths: Widths | undefined; shares: Shares }

/** Our rule over a whole topic, one published value a round: by the twins, or on a chain. */
export type Engine = (topic: Topic) => Promise<Published[]>

/** What everybody risks at full confidence, few enough digits for a seal. Only proportions matter to the rule. */
export const BUDGET = 10n ** 10n

/** What an entry puts at risk: stakes are equal, confidence counts. */
export function wagerOf(entry: Entry): bigint {
  return (BUDGET * confidenceOf(entry)) / 10_000n
}

/** Confidence as the network takes it, whole basis points from 1 to 10,000. */
export function confidenceOf({ confidence }: Entry): bigint {
  return BigInt(Math.max(Math.round(confidence * 10_000), 1))
}

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
