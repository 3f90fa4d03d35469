import { keccak256, toHex } from 'viem'

/** A number below `limit` that depends on the label alone. */
export function draw({ label, limit }: { label: string; limit: bigint }): bigint {
  return BigInt(keccak256(toHex(label))) % limit
}
