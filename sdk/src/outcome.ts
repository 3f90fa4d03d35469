/* Twin of contracts/types/Outcome.sol: ten words, two numbers in most of them. */
import { numberToHex } from 'viem'
import type { Outcome } from './types.ts'

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
