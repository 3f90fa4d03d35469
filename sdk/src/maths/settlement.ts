/** Money: what a prediction wagers, and what it gets back. Twin of Settlement.sol. */
import { packDown, unpack } from './float.ts'
import { min } from './numbers.ts'
import { U } from './scoring.ts'

const BPS = 10_000n
const LOSS_MAX = U * U

/** What a worker may risk in a round, as the float it is kept as: rounded down in the eighth digit. */
export function budget(stake: bigint, riskBps: bigint): bigint {
  return packDown((stake * riskBps) / BPS, 32n)
}

/** What a prediction puts at risk, of a budget as it is kept: its most possible loss, and its weight. */
export function wager(packedBudget: bigint, confidenceBps: bigint): bigint {
  return (unpack(packedBudget) * confidenceBps) / BPS
}

/** What the pool sets aside for a round: a share of itself, at most a share of the round's wagers. */
export function rewards(pool: bigint, rateBps: bigint, capBps: bigint, wagers: bigint): bigint {
  return min((pool * rateBps) / BPS, (wagers * capBps) / BPS)
}

/** Wagered loss of a round: the sum of wager x loss. */
export function lambda(wagers: readonly bigint[], losses: readonly bigint[]): bigint {
  return wagers.reduce((total, each, i) => total + each * (losses[i] ?? 0n), 0n)
}

/** What comes back of a wager: more than it where the loss is below the round's mean, 0 to 2 wagers. */
export function payout(amount: bigint, loss: bigint, wageredLoss: bigint, wagers: bigint): bigint {
  const scale = wagers * LOSS_MAX

  return (amount * (scale + wageredLoss - wagers * loss)) / scale
}

/** A worker's part of the round's rewards, linear in its score. */
export function reward(pot: bigint, amount: bigint, loss: bigint, wagers: bigint): bigint {
  return (pot * amount * (LOSS_MAX - loss)) / (wagers * LOSS_MAX)
}

/** A good record, thinned by fresh money. */
export function dilute(regret: bigint, stake: bigint, deposit: bigint): bigint {
  if (regret <= 0n || deposit === 0n) return regret

  return (regret * stake) / (stake + deposit)
}
