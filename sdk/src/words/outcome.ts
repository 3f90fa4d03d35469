import { numberToHex } from 'viem'
import type { Address, Hex } from 'viem'
import type { Range } from '../maths/learning.ts'

/** What `publish` found. Values are 1e18 fixed point, money in token base units. */
export type Outcome = {
  /** The aggregate that was published. */
  value: bigint
  /** Width of its interval below it; `2^104 - 1` means no promise yet. */
  below: bigint
  /** Width of its interval above it; `2^104 - 1` means no promise yet. */
  above: bigint
  /** The aggregate before the cap on shares; regrets are measured against it. */
  inner: bigint
  /** Wager-weighted median. */
  anchor: bigint
  /** The mean corrected by its rolling bias. */
  debiased: bigint
  /** Wager-weighted mean of the clamped values. */
  mean: bigint
  /** The topic's center at the publication: what the pool says. */
  reference: bigint
  /** Lower and upper end that every value was clamped to: range, domain and clip radius together. */
  clip: Range
  /** Lower and upper end of the range that losses are measured in, frozen when the round opened. */
  domain: Range
  /** Sum of all wagers. */
  wagers: bigint
  /** How much of them is exposed to gain and loss: all, unless the truth source limits what may depend on it. */
  exposed: bigint
  /** What the pool plays against the workers at the reference. */
  play: bigint
  /** What the pool pays for taking part. */
  reward: bigint
  /** Who shares the keeper tip. */
  publisher: Address
  /** Sum of all budgets, stake x risk. */
  budgets: bigint
  /** The topic's era at the publication. */
  era: bigint
  /** Digest of the chained batches, twenty bytes. */
  batches: Hex
}

/** What `resolve` found. */
export type Resolution = {
  /** What happened, 1e18 fixed point. */
  truth: bigint
  /**
   * The clamped error of the inner aggregate, common to all regrets of the round; zero where the topic has restarted since
   * the publication.
   */
  gradient: bigint
}

/* Twin of contracts/types/Outcome.sol: ten words, two numbers in most of them. */

/** An outcome as the contracts emit it and take it back. */
export type PackedOutcome = Readonly<
  Record<
    | 'values'
    | 'widths'
    | 'experts'
    | 'middles'
    | 'clip'
    | 'domain'
    | 'stakes'
    | 'pool'
    | 'publisher'
    | 'batches',
    bigint
  >
>

/** Takes an outcome's words apart. */
export function unpackOutcome(packed: PackedOutcome): Outcome {
  const [value, inner] = split(packed.values)
  const [below, above] = split(packed.widths)
  const [anchor, debiased] = split(packed.experts)
  const [mean, reference] = split(packed.middles)
  const [low, high] = split(packed.clip)
  const [least, most] = split(packed.domain)
  const [wagers, exposed] = split(packed.stakes)
  const [play, reward] = split(packed.pool)

  return {
    value,
    inner,
    below,
    above,
    anchor,
    debiased,
    mean,
    reference,
    clip: { low, high },
    domain: { low: least, high: most },
    wagers,
    exposed,
    play,
    reward,
    publisher: numberToHex(packed.publisher >> 96n, { size: 20 }),
    budgets: BigInt.asUintN(96, packed.publisher),
    batches: numberToHex(packed.batches >> 96n, { size: 20 }),
    era: BigInt.asUintN(96, packed.batches),
  }
}

/** Puts an outcome into its words. */
export function packOutcome(outcome: Outcome): PackedOutcome {
  const { clip, domain } = outcome
  return {
    values: pair(outcome.value, outcome.inner),
    widths: pair(outcome.below, outcome.above),
    experts: pair(outcome.anchor, outcome.debiased),
    middles: pair(outcome.mean, outcome.reference),
    clip: pair(clip.low, clip.high),
    domain: pair(domain.low, domain.high),
    stakes: pair(outcome.wagers, outcome.exposed),
    pool: pair(outcome.play, outcome.reward),
    publisher: (BigInt(outcome.publisher) << 96n) | outcome.budgets,
    batches: (BigInt(outcome.batches) << 96n) | outcome.era,
  }
}

function pair(first: bigint, second: bigint): bigint {
  return (BigInt.asUintN(128, first) << 128n) | BigInt.asUintN(128, second)
}

function split(both: bigint): [bigint, bigint] {
  return [BigInt.asIntN(128, both >> 128n), BigInt.asIntN(128, both)]
}
