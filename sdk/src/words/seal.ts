import { numberToHex } from 'viem'
import type { Address, Hex } from 'viem'
import { unpack } from '../maths/float.ts'
import type { Spoken } from '../maths/replay.ts'

/**
 * A commitment as the network took it in, in one word (see unpackSeal): bound to its worker, with what stands behind it.
 */
export type Seal = bigint

/*
 * Twin of contracts/types/Seal.sol: what stands behind a prediction, in the lower 96 bits of its backer and of its seal.
 * From the highest bit: seat 8 | budget 40 | trust 32 | 4 zero bits | seasoned 1 | era 11.
 */

/** The worker behind a prediction and the fields of its seal, in one word. */
export function packBacker({ worker, seal }: { worker: Address; seal: Seal }): bigint {
  return (BigInt(worker) << 96n) | BigInt.asUintN(96, seal)
}

export function workerOf(backer: bigint): bigint {
  return backer >> 96n
}

export function seatOf(word: bigint): bigint {
  return BigInt.asUintN(8, word >> 88n)
}

/** What the worker may risk in the round, as a float of 40 bits. */
export function budgetOf(word: bigint): bigint {
  return BigInt.asUintN(40, word >> 48n)
}

/** What the worker's record was worth, as a float of 32 bits. */
export function trustOf(word: bigint): bigint {
  return BigInt.asUintN(32, word >> 16n)
}

/** Whether the worker's record had seen enough of its topic's era. */
export function isSeasonedOf(word: bigint): boolean {
  return ((word >> 11n) & 1n) === 1n
}

/** The topic's era when the worker spoke. */
export function eraOf(word: bigint): bigint {
  return BigInt.asUintN(11, word)
}

/** The fields of a seal. */
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
