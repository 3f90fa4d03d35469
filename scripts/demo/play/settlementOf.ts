import type { Outcome, Resolution, TopicParams, UnpackedPrediction } from '@auspex/sdk'
import { domainOf, lambda, loss, payout, place, reward } from '@auspex/sdk/maths'

const BPS = 10_000n

/** What a settled round added to or took from each stake, in the order of the reveals. */
export function settlementOf(round: {
  terms: TopicParams
  outcome: Outcome
  resolution: Resolution
  said: readonly UnpackedPrediction[]
}): bigint[] {
  const { terms, outcome, resolution, said } = round
  const { center, sigma, wagers } = outcome
  const { domain, domainScale, min, max, tipBps } = terms
  const { low, width } = domainOf(domain, domainScale, center, sigma, min, max)

  const actual = place(resolution.truth, low, width)
  const losses = said.map(({ value }) => loss(place(value, low, width), actual))
  const wageredLoss = lambda(
    said.map(({ wager }) => wager),
    losses,
  )
  const pot = outcome.rewards - (outcome.rewards * tipBps) / BPS

  return said.map(({ wager }, i) => {
    const gain = payout(wager, losses[i]!, wageredLoss, wagers)
    return gain + reward(pot, wager, losses[i]!, wagers) - wager
  })
}
