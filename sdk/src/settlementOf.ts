import { lambda, gainsOf, payout, rateOf, tip } from './maths/settlement.ts'
import type { Gains } from './maths/settlement.ts'
import { loss, place } from './maths/scoring.ts'
import type { UnpackedPrediction } from './predictions.ts'
import type { Outcome, Resolution } from './types.ts'

/** What a settled round moved, token base units. */
export type Settlement = {
  /** Where each prediction's gain or loss came from, in the order of the reveals. */
  gains: Gains[]
  /** What the keepers shared. */
  tip: bigint
  /** What the round won the pool; below zero it cost it. */
  poolChange: bigint
}

/** Who won and lost what in a round, and from whom: what `settle` does, computed from what the chain tells. */
export function settlementOf({
  outcome,
  resolution,
  predictions,
  tipBps,
}: {
  outcome: Outcome
  resolution: Resolution
  /** In the order of the reveals. */
  predictions: readonly Pick<UnpackedPrediction, 'value' | 'wager'>[]
  tipBps: bigint
}): Settlement {
  const { low, high } = outcome.domain
  const actual = place(resolution.truth, low, high - low)
  const lossOf = (value: bigint) => loss(place(value, low, high - low), actual)

  const wagers = predictions.map(({ wager }) => wager)
  const losses = predictions.map(({ value }) => lossOf(value))
  const referenceLoss = lossOf(outcome.reference)
  const rate = rateOf(outcome, lambda(wagers, losses), referenceLoss)
  const payouts = wagers.map((wager, i) => payout(rate, wager, losses[i]!))
  const keepers = tip(outcome.play, tipBps)

  return {
    gains: wagers.map((wager, i) => gainsOf(outcome, rate, referenceLoss, wager, losses[i]!)),
    tip: keepers,
    poolChange: outcome.wagers - payouts.reduce((sum, each) => sum + each, 0n) - keepers,
  }
}
