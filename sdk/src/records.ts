import type { Submissions } from './math/learning.ts'
import { unpack } from './math/float.ts'
import type { EventArgs } from './events.ts'
import type { RevealedRecord } from './types.ts'

/** What a record's word holds: value (1e18 fixed point), wager (token base units), trust (unpacked). */
export type UnpackedPrediction = { value: bigint; wager: bigint; trust: bigint }

/** Takes a record's word apart: `value (int104) | wager (uint96) | trust (uint56 float)`. */
export function unpackPrediction(prediction: bigint): UnpackedPrediction {
  return {
    value: BigInt.asIntN(104, prediction >> 152n),
    wager: BigInt.asUintN(96, prediction >> 56n),
    trust: unpack(BigInt.asUintN(56, prediction)),
  }
}

/** The records that a reveal told of, which come as two lists of one order. */
export function recordsIn({
  predictions,
  workers,
}: Pick<EventArgs<'PredictionsRevealed'>, 'predictions' | 'workers'>): RevealedRecord[] {
  return predictions.map((prediction, i) => ({ prediction, worker: workers[i]! }))
}

/** A round's records as the weighting rule takes them. */
export function submissionsOf(records: readonly RevealedRecord[]): Submissions {
  const predictions = records.map(({ prediction }) => unpackPrediction(prediction))
  return {
    values: predictions.map(({ value }) => value),
    wagers: predictions.map(({ wager }) => wager),
    trusts: predictions.map(({ trust }) => trust),
  }
}
