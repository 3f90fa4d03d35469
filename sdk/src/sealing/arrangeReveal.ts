import { numberToHex } from 'viem'
import { packBacker } from '../maths/backer.ts'
import { boundOf } from '../maths/commitments.ts'
import { packStatement } from '../statement.ts'
import type { Place } from '../typedData.ts'
import type { Opening, RoundKey, Seal } from '../types.ts'
import { commitmentOf } from './commitmentOf.ts'

/** An opening with its worker and what its seal tells of it, in one word (see types/Seal.sol). */
export type BackedOpening = Opening & { backer: bigint }

/** Openings in the order of the list, a bit for each of their places, and the seals left closed. */
export type ArrangedReveal = {
  openings: readonly BackedOpening[]
  opened: bigint
  rest: readonly Seal[]
}

/**
 * Lays the openings at hand into their places in a committed list, as `reveal` takes them. An opening that is not in the
 * list is left out: its worker sealed something else, or with somebody else.
 */
export function arrangeReveal({
  seals,
  openings,
  ...place
}: Place & RoundKey & { seals: readonly Seal[]; openings: readonly Opening[] }): ArrangedReveal {
  const byBound = new Map(
    openings.map((opening) => [
      boundOf(commitmentOf({ ...place, ...opening }), opening.worker),
      opening,
    ]),
  )
  const places = seals.map((seal) => ({
    seal,
    opening: byBound.get(numberToHex(seal >> 96n, { size: 20 })),
  }))

  return {
    openings: places.flatMap(({ seal, opening }) =>
      opening === undefined ? [] : { ...opening, backer: packBacker({ ...opening, seal }) },
    ),
    opened: places.reduce((bits, { opening }, i) => bits | (opening ? 1n << BigInt(i) : 0n), 0n),
    rest: places.filter(({ opening }) => !opening).map(({ seal }) => seal),
  }
}

/** Openings as the chain takes them: two words each. */
export function wordsOf(openings: readonly BackedOpening[]) {
  return openings.map(({ backer, ...stated }) => ({ backer, statement: packStatement(stated) }))
}
