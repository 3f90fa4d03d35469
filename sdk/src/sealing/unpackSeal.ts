import { numberToHex } from 'viem'
import type { Hex } from 'viem'
import { budgetOf, eraOf, isSeasonedOf, seatOf, trustOf } from '../maths/backer.ts'
import { unpack } from '../maths/float.ts'
import type { Spoken } from '../maths/replay.ts'
import type { Seal } from '../types.ts'

/** What a seal tells. */
export type UnpackedSeal = Spoken & {
  /** Whose commitment it is, twenty bytes: `keccak256(abi.encode(commitment, worker))`, cut. */
  bound: Hex
  seat: bigint
  /** What the worker may risk in the round, token base units. */
  budget: bigint
}

/** Takes a seal apart, its floats unpacked. */
export function unpackSeal(seal: Seal): UnpackedSeal {
  return {
    bound: numberToHex(seal >> 96n, { size: 20 }),
    seat: seatOf(seal),
    budget: unpack(budgetOf(seal)),
    trust: unpack(trustOf(seal)),
    seasoned: isSeasonedOf(seal),
    era: eraOf(seal),
  }
}
