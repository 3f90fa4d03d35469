import { keccak256, toHex } from 'viem'
import type { Hex } from 'viem'

/** The demo's keys follow from its seed: not for anything of value. */
export function keyOf({ seed, owner }: { seed: number; owner: string }): Hex {
  return keccak256(toHex(`auspex demo, seed ${seed}: ${owner}`))
}
