import { isAddressEqual } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { lambda, gainsOf, payout, rateOf, tip } from '../maths/settlement.ts'
import type { Gains } from '../maths/settlement.ts'
import { unpackPrediction } from '../words/prediction.ts'
import type { UnpackedPrediction } from '../words/prediction.ts'
import type { WorkerKey } from '../words/position.ts'
import type { RoundKey } from '../words/round.ts'
import { getOutcome, getRevealed, getResolution } from './getRound.ts'
import { loss, place } from '../maths/scoring.ts'
import type { Outcome, Resolution } from '../words/outcome.ts'

/**
 * What a worker won or lost in a round by its truth, and from whom; undefined where the round has no truth or the worker no
 * part in it. The money moves as the round is settled.
 *
 * @example
 * ```ts
 * import { getGains } from '@auspex/sdk'
 *
 * const gains = await getGains(auspex, { topic, round, worker })
 * ```
 */
export async function getGains(
  client: AuspexClient,
  { worker, ...key }: RoundKey & WorkerKey,
): Promise<Gains | undefined> {
  const resolution = await getResolution(client, key)
  if (resolution === undefined) return undefined
  const [outcome, revealed] = await Promise.all([getOutcome(client, key), getRevealed(client, key)])
  const at = revealed.workers.findIndex((each) => isAddressEqual(each, worker))
  if (outcome === undefined || at < 0) return undefined

  const predictions = revealed.predictions.map(unpackPrediction)
  return settlementOf({ outcome, resolution, predictions, tipBps: 0n }).gains[at]
}

/** What a settled round moved, token base units. */
export type Settlement = {
  /** Where each prediction's gain or loss came from, in the order of the reveals. */
  gains: Gains[]
  /** What the keepers shared. */
  tip: bigint
  /** What the round won the pool; below zero it cost it. */
  poolChange: bigint
}

/** Who won and lost what in a round, and from whom: what `settle` does, computed from the round's events. */
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
