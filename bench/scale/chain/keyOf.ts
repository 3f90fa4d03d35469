import { keccak256, toHex } from 'viem'
import type { Hex } from 'viem'

/** The same name always has the same key. */
export function keyOf(name: string): Hex {
  return keccak256(toHex(`bench scale ${name}`))
}
