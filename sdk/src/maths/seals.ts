/* Twin of contracts/memory/Seals.sol. */
import { encodePacked, keccak256, slice } from 'viem'
import type { Hex } from 'viem'
import type { Seal } from '../types.ts'

/** The hash a list of seals is kept as, 29 bytes. */
export function hashOf(seals: readonly Seal[]): Hex {
  return slice(keccak256(encodePacked(['uint256[]'], [seals])), 0, 29)
}
