import type { Submissions } from './maths/learning.ts'
import { unpack } from './maths/float.ts'

/** What a revealed prediction's word holds: value (1e18 fixed point), wager (token base units), trust (unpacked). */
export type UnpackedPrediction = { value: bigint; wager: bigint; trust: bigint }

/** What a reveal records of a prediction. `trust` stays the float that its backer holds. */
export function packPrediction(part: { value: bigint; wager: bigint; trust: bigint }): bigint {
  return (BigInt.asUintN(104, part.value) << 152n) | (part.wager << 56n) | part.trust
}

/** Takes a revealed prediction's word apart: `value (int104) | wager (uint96) | trust (uint56 float)`. */
export function unpackPrediction(prediction: bigint): UnpackedPrediction {
  return {
    value: BigInt.asIntN(104, prediction >> 152n),
    wager: BigInt.asUintN(96, prediction >> 56n),
    trust: unpack(BigInt.asUintN(56, prediction)),
  }
}

/** A round's predictions as the weighting rule takes them. */
export function submissionsOf(predictions: readonly bigint[]): Submissions {
  const unpacked = predictions.map(unpackPrediction)
  return {
    values: unpacked.map(({ value }) => value),
    wagers: unpacked.map(({ wager }) => wager),
    trusts: unpacked.map(({ trust }) => trust),
  }
}
