import { numberToHex } from 'viem'
import type { Address, Hex } from 'viem'
import { boundOf } from '../maths/commitments.ts'
import { unpack } from '../maths/float.ts'
import type { Submissions } from '../maths/learning.ts'
import type { Spoken } from '../maths/replay.ts'
import { wager } from '../maths/settlement.ts'
import type { RoundKey } from './round.ts'
import {
  budgetOf,
  commitmentOf,
  eraOf,
  isSeasonedOf,
  packBacker,
  seatOf,
  trustOf,
  packStatement,
} from './seal.ts'
import type { Opening, Seal } from './seal.ts'
import type { Place } from '../maths/commitments.ts'

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

/** An opening with its worker and the fields of its seal, in one word (see types/Seal.sol). */
export type BackedOpening = Opening & { backer: bigint }

/** Openings in the order of the list, a bit for each of their places, and the seals left closed. */
export type ArrangedReveal = {
  openings: readonly BackedOpening[]
  opened: bigint
  rest: readonly Seal[]
}

/**
 * Lays the openings at hand into their places in a committed list, as `reveal` takes them. An opening that is not in the
 * list is left out: its worker sealed something else, or with somebody else.
 */
export function arrangeReveal({
  seals,
  openings,
  ...place
}: Place & RoundKey & { seals: readonly Seal[]; openings: readonly Opening[] }): ArrangedReveal {
  const byBound = new Map(
    openings.map((opening) => [
      boundOf(commitmentOf({ ...place, ...opening }), opening.worker),
      opening,
    ]),
  )
  const places = seals.map((seal) => ({
    seal,
    opening: byBound.get(numberToHex(seal >> 96n, { size: 20 })),
  }))

  return {
    openings: places.flatMap(({ seal, opening }) =>
      opening === undefined ? [] : { ...opening, backer: packBacker({ ...opening, seal }) },
    ),
    opened: places.reduce((bits, { opening }, i) => bits | (opening ? 1n << BigInt(i) : 0n), 0n),
    rest: places.filter(({ opening }) => !opening).map(({ seal }) => seal),
  }
}

/** Openings as the chain takes them: two words each. */
export function wordsOf(openings: readonly BackedOpening[]) {
  return openings.map(({ backer, ...stated }) => ({ backer, statement: packStatement(stated) }))
}

/**
 * What a reveal of these openings will record: it follows from the seals and the openings alone, so that a publication
 * can go out in the same transaction (see preparePublish). `closed`, as the round has it, leaves out workers that were revealed
 * before; not needed where this is known to be nobody. A prediction too small to wager anything counts for nothing.
 */
export function predictionsOf({
  closed = 0n,
  ...params
}: Place &
  RoundKey & {
    seals: readonly Seal[]
    openings: readonly Opening[]
    closed?: bigint
  }): Recorded {
  const recorded = arrangeReveal(params)
    .openings.filter(({ backer }) => ((closed >> seatOf(backer)) & 1n) === 0n)
    .map(({ worker, value, confidence, backer }) => ({
      worker,
      value,
      wager: wager(budgetOf(backer), confidence),
      confidence,
      trust: trustOf(backer),
      seasoned: isSeasonedOf(backer),
      era: eraOf(backer),
    }))
    .filter((each) => each.wager > 0n)

  return {
    predictions: recorded.map(packPrediction),
    workers: recorded.map(({ worker }) => worker),
  }
}
