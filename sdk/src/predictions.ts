import type { Submissions } from './math/learning.ts'
import { unpack } from './math/float.ts'

/** What a revealed prediction's word holds: value (1e18 fixed point), wager (token base units), trust (unpacked). */
export type UnpackedPrediction = { value: bigint; wager: bigint; trust: bigint }

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
