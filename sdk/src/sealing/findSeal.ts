import type { Address, Hex } from 'viem'
import { boundOf } from '../maths/commitments.ts'
import type { Seal } from '../types.ts'

/** The place of a worker's commitment in a list of seals; undefined where it was not taken in. */
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
