import { size } from 'viem'
import type { Address, Hex } from 'viem'

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
