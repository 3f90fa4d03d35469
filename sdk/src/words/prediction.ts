import type { Address, Hex } from 'viem'
import { unpack } from '../maths/float.ts'
import type { Submissions } from '../maths/learning.ts'
import type { Spoken } from '../maths/replay.ts'

/** What one call of `reveal` or `revealSigned` records. */
export type Recorded = {
  /** Each in one word (see unpackPrediction). */
  predictions: readonly bigint[]
  /** Whose they are. */
  workers: readonly Address[]
}

/** All that was revealed in a round, in the order of the reveals, as `settle` is given it back. */
export type Revealed = Recorded & {
  /** How many of them each call recorded. */
  counts: readonly bigint[]
}

/** What one call of `reveal` recorded, as `publish` is given it back: whose the predictions are does not matter yet. */
export type Batch = {
  /** How many of the round's predictions, in the order of the reveals. */
  count: bigint
  /** Hash of whose they are. */
  workers: Hex
}

/* Twin of contracts/types/Prediction.sol. */

/** A prediction keeps the low bits of its era. */
const ERA_LOW = 511n

/** What a revealed prediction's word holds, its trust unpacked. */
export type UnpackedPrediction = Spoken & {
  /** 1e18 fixed point. */
  value: bigint
  /** Token base units. */
  wager: bigint
  /** Basis points: the share of its budget that it wagers. */
  confidence: bigint
  /** Nine low bits of the topic's era when the worker spoke. */
  era: bigint
}

/** What a reveal records of a prediction. `trust` stays the float that its backer holds; of the era nine bits are kept. */
export function packPrediction({
  value,
  wager,
  trust,
  confidence,
  seasoned,
  era,
}: UnpackedPrediction): bigint {
  const season = ((seasoned ? 1n : 0n) << 9n) | (era & ERA_LOW)
  const spoken = (trust << 24n) | (confidence << 10n) | season
  return (BigInt.asUintN(104, value) << 152n) | (wager << 56n) | spoken
}

/**
 * Takes a revealed prediction's word apart:
 * `value (int104) | wager (uint96) | trust (32-bit float) | confidence (14 bits) | seasoned (1 bit) | era (9 low bits)`.
 */
export function unpackPrediction(prediction: bigint): UnpackedPrediction {
  return {
    value: BigInt.asIntN(104, prediction >> 152n),
    wager: BigInt.asUintN(96, prediction >> 56n),
    trust: unpack(BigInt.asUintN(32, prediction >> 24n)),
    confidence: BigInt.asUintN(14, prediction >> 10n),
    seasoned: ((prediction >> 9n) & 1n) === 1n,
    era: prediction & ERA_LOW,
  }
}

/** Whether a prediction was spoken in this era of its topic; what its record was worth in another reads as nothing. */
export function isOf({ era }: Pick<UnpackedPrediction, 'era'>, topicEra: bigint): boolean {
  return era === (topicEra & ERA_LOW)
}

/** A round's predictions as the weighting rule takes them in an era of their topic. */
export function submissionsOf(predictions: readonly bigint[], era: bigint): Submissions {
  const unpacked = predictions.map(unpackPrediction)
  return {
    values: unpacked.map(({ value }) => value),
    wagers: unpacked.map(({ wager }) => wager),
    trusts: unpacked.map((each) => (isOf(each, era) ? each.trust : 0n)),
  }
}

/** What reveals recorded, one batch each, in their order. */
export function revealedIn(batches: readonly Recorded[]): Revealed {
  return {
    predictions: batches.flatMap(({ predictions }) => predictions),
    workers: batches.flatMap(({ workers }) => workers),
    counts: batches.map(({ predictions }) => BigInt(predictions.length)),
  }
}
