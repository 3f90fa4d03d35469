import { encodeAbiParameters, keccak256 } from 'viem'
import type { Hex } from 'viem'
import type { SignedBeacon } from './signBeacons.ts'

/** A beacon set goes by the hash of its beacons. */
export function setIdOf(beacons: readonly SignedBeacon[]): Hex {
  const ids = beacons.map(({ id }) => id)

  return keccak256(encodeAbiParameters([{ type: 'bytes32[]' }], [ids]))
}
