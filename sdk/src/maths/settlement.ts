/** Money: what a prediction wagers, and what it gets back. Twin of Settlement.sol. */
import { min, packDown, unpack } from './float.ts'
import { U } from './scoring.ts'

const BPS = 10_000n
const LOSS_MAX = U * U

/** The tip, a share of what the pool plays, is at most this; the pool keeps so much more in reserve. */
export const TIP_MAX_BPS = 100n

// ---------------------------------------------------------------- WAGERS

/** What a worker may risk in a round, as the float it is kept as: rounded down in the tenth digit. */
export function budget(stake: bigint, riskBps: bigint): bigint {
  return packDown((stake * riskBps) / BPS, 32n)
}

/** What a prediction puts at risk, of a budget as it is kept: its most possible loss, and its weight. */
export function wager(packedBudget: bigint, confidenceBps: bigint): bigint {
  return (unpack(packedBudget) * confidenceBps) / BPS
}

/** The budget a wager was a part of, to the units that the wager's rounding lost. */
export function budgetBehind(amount: bigint, confidenceBps: bigint): bigint {
  return (amount * BPS) / confidenceBps
}

// ---------------------------------------------------------------- POOL

/** What a round's payouts follow from, token base units. */
export interface Pot {
  /** A0: sum of all wagers */
  readonly wagers: bigint
  /** E: how much of that is exposed to gain and loss */
  readonly exposed: bigint
  /** F: what the pool plays against the workers at the reference */
  readonly play: bigint
  /** B: what the pool pays for taking part */
  readonly reward: bigint
}

/** What a topic's pool may put into a round. */
export interface PoolTerms {
  /** what it holds, token base units */
  readonly pool: bigint
  /** most of that which a round may cost */
  readonly rateBps: bigint
  /** most that it plays, as a share of what is exposed */
  readonly shareBps: bigint
  /** most that it pays for taking part, as a share of what is exposed */
  readonly capBps: bigint
}

/** How much of a round's wagers may move on its truth: the security factor f times them. */
export function exposure(wagers: bigint, security: bigint, rounds: bigint): bigint {
  return min(wagers, security / rounds)
}

/**
 * What the pool pays for taking part, and then what it plays, where the reference is fresh: together with the tip no more
 * than its rate of the pool.
 */
export function potOf(wagers: bigint, exposed: bigint, terms: PoolTerms, isFresh: boolean): Pot {
  const most = (terms.pool * terms.rateBps) / BPS
  const reward = min((exposed * terms.capBps) / BPS, most)
  const left = ((most - reward) * BPS) / (BPS + TIP_MAX_BPS)
  const play = isFresh ? min((exposed * terms.shareBps) / BPS, left) : 0n

  return { wagers, exposed, play, reward }
}

/** What the keepers who publish and settle a round share. */
export function tip(play: bigint, tipBps: bigint): bigint {
  return (play * tipBps) / BPS
}

// ---------------------------------------------------------------- PAYOUTS

/** The parts of a payout that are the same for all of a round. */
export interface Rate {
  readonly base: bigint
  readonly slope: bigint
  readonly scale: bigint
}

/** Wagered loss of a round: the sum of wager x loss. */
export function lambda(wagers: readonly bigint[], losses: readonly bigint[]): bigint {
  return wagers.reduce((total, each, i) => total + each * (losses[i] ?? 0n), 0n)
}

/**
 * What is common to a round's payouts: `base = A0 U^2 + B U^2 + F L_h + (E - F) lambda / A0`, `slope = E + B`,
 * `scale = A0 U^2`.
 */
export function rateOf(pot: Pot, wageredLoss: bigint, referenceLoss: bigint): Rate {
  const { wagers, exposed, play, reward } = pot
  const peers = ((exposed - play) * wageredLoss) / wagers
  const scale = wagers * LOSS_MAX
  const base = scale + reward * LOSS_MAX + play * referenceLoss + peers

  return { base, slope: exposed + reward, scale }
}

/** What comes back of a wager, rounded down once: more than it where the loss is below the others' and the reference's. */
export function payout({ base, slope, scale }: Rate, amount: bigint, loss: bigint): bigint {
  return (amount * (base - slope * loss)) / scale
}

/** What a wager's gain or loss consists of, token base units. Pool and reward are rounded, peers is the rest. */
export interface Gains {
  /** from the pool, for taking part */
  readonly reward: bigint
  /** from the pool, by the game against the reference: nothing for who says the same */
  readonly pool: bigint
  /** from the other workers */
  readonly peers: bigint
}

/** Where a payout comes from. */
export function gainsOf(
  pot: Pot,
  rate: Rate,
  referenceLoss: bigint,
  amount: bigint,
  loss: bigint,
): Gains {
  const reward = (amount * pot.reward * (LOSS_MAX - loss)) / rate.scale
  const pool = (amount * pot.play * (referenceLoss - loss)) / rate.scale

  return { reward, pool, peers: payout(rate, amount, loss) - amount - reward - pool }
}

// ---------------------------------------------------------------- RECORDS

/** A good record, thinned by fresh money: earned on `stake`, it must not speak for `deposit` as well. */
export function dilute(regret: bigint, stake: bigint, deposit: bigint): bigint {
  if (regret <= 0n || deposit === 0n) return regret

  return (regret * stake) / (stake + deposit)
}

/** A record's length, thinned as its regret is: otherwise its age could be bought with dust. */
export function diluteCount(count: bigint, stake: bigint, deposit: bigint): bigint {
  return deposit === 0n ? count : (count * stake) / (stake + deposit)
}
