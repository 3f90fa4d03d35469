import { size } from 'viem'
import type { Opening } from './types.ts'

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
