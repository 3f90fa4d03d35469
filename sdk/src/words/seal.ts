import { numberToHex, size } from 'viem'
import type { Address, Hex } from 'viem'
import * as Commitments from '../maths/commitments.ts'
import { boundOf, domainHashOf, isSigned } from '../maths/commitments.ts'
import type { CompactSignature, Place } from '../maths/commitments.ts'
import { unpack } from '../maths/float.ts'
import type { Spoken } from '../maths/replay.ts'
import type { RoundKey } from './round.ts'

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

/** A prediction in the clear: a value (1e18 fixed point) and a confidence (basis points, 1 to 10000). */
export type Prediction = { value: bigint; confidence: bigint }

/** A prediction as its worker opens it. */
export type Opening = Prediction & {
  worker: Address
  /** Sixteen bytes. */
  salt: Hex
  /** First half of the worker's signature over the commitment, which `revealSigned` takes of all but the caller. */
  r?: Hex
  /** Second half (EIP-2098). */
  vs?: Hex
}

/**
 * What a worker says, in one word: `value (int104) | confidence (uint16) | 8 unused bits | salt (uint128)`.
 * @throws RangeError where a part does not fit
 */
export function packStatement({ value, confidence, salt }: Omit<Opening, 'worker'>): bigint {
  if (BigInt.asIntN(104, value) !== value) throw new RangeError(`${value} is beyond 104 bits`)
  if (BigInt.asUintN(16, confidence) !== confidence) {
    throw new RangeError(`A confidence of ${confidence} is beyond 16 bits`)
  }
  if (size(salt) !== 16) throw new RangeError(`A salt has sixteen bytes, not ${size(salt)}`)
  return (BigInt.asUintN(104, value) << 152n) | (confidence << 136n) | BigInt(salt)
}

/** The sealed form of a prediction, twenty bytes: it opens nowhere else and for nobody else. */
export function commitmentOf({
  chainId,
  network,
  topic,
  round,
  worker,
  ...stated
}: Place & RoundKey & Opening): Hex {
  const domain = domainHashOf({ chainId, network })
  const ofRound = Commitments.roundHash(domain, topic, round)
  return Commitments.commitmentOf(ofRound, worker, packStatement(stated))
}

/** The place of a worker's commitment in a list of seals; undefined if it was not taken in. */
export function findSeal({
  seals,
  worker,
  commitment,
}: {
  seals: readonly Seal[]
  worker: Address
  commitment: Hex
}): number | undefined {
  const bound = BigInt(boundOf(commitment, worker))
  const place = seals.findIndex((seal) => seal >> 96n === bound)
  return place < 0 ? undefined : place
}

/** Whether a worker signed its commitment, as the network will check it. */
export async function isSignedCommitment({
  chainId,
  network,
  topic,
  round,
  commitment,
  ...signed
}: Place & RoundKey & { commitment: Hex; worker: Address } & CompactSignature): Promise<boolean> {
  return isSigned(domainHashOf({ chainId, network }), topic, round, commitment, signed)
}
