import type { Hex } from 'viem'
import type { Place } from '../typedData.ts'
import type { Opening, RoundKey } from '../types.ts'
import { commitmentOf } from './commitmentOf.ts'

/** Openings in the order of the list, a bit for each of their places, and the commitments left sealed. */
export type ArrangedReveal = {
  openings: readonly Opening[]
  opened: bigint
  rest: readonly Hex[]
}

/**
 * Lays the openings at hand into their places in a committed list, as `reveal` takes them. An opening that is not in the
 * list is left out: its worker sealed something else, or with somebody else.
 */
export function arrangeReveal({
  commitments,
  openings,
  ...place
}: Place &
  RoundKey & { commitments: readonly Hex[]; openings: readonly Opening[] }): ArrangedReveal {
  const byCommitment = new Map(
    openings.map((opening) => [commitmentOf({ ...place, ...opening }), opening]),
  )
  const places = commitments.map((commitment) => ({
    commitment,
    opening: byCommitment.get(commitment.toLowerCase() as Hex),
  }))

  return {
    openings: places.flatMap(({ opening }) => opening ?? []),
    opened: places.reduce((bits, { opening }, i) => bits | (opening ? 1n << BigInt(i) : 0n), 0n),
    rest: places.filter(({ opening }) => !opening).map(({ commitment }) => commitment),
  }
}
