import { numberToHex } from 'viem'
import { packBacker, budgetOf, eraOf, isSeasonedOf, seatOf, trustOf } from './seal.ts'
import type { Seal } from './seal.ts'
import { boundOf } from '../maths/commitments.ts'
import { packStatement } from './statement.ts'
import type { Opening } from './statement.ts'
import type { Place } from './typedData.ts'
import type { RoundKey } from './round.ts'
import { commitmentOf } from './commitment.ts'
import { wager } from '../maths/settlement.ts'
import { packPrediction } from './prediction.ts'
import type { Recorded } from './prediction.ts'

/** An opening with its worker and the fields of its seal, in one word (see types/Seal.sol). */
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

/**
 * What a reveal of these openings will record: it follows from the seals and the openings alone, so that a publication
 * can go out in the same transaction (see preparePublish). `closed`, as the round has it, leaves out workers that were revealed
 * before; not needed where this is known to be nobody. A prediction too small to wager anything counts for nothing.
 */
export function predictionsOf({
  closed = 0n,
  ...params
}: Place &
  RoundKey & {
    seals: readonly Seal[]
    openings: readonly Opening[]
    closed?: bigint
  }): Recorded {
  const recorded = arrangeReveal(params)
    .openings.filter(({ backer }) => ((closed >> seatOf(backer)) & 1n) === 0n)
    .map(({ worker, value, confidence, backer }) => ({
      worker,
      value,
      wager: wager(budgetOf(backer), confidence),
      confidence,
      trust: trustOf(backer),
      seasoned: isSeasonedOf(backer),
      era: eraOf(backer),
    }))
    .filter((each) => each.wager > 0n)

  return {
    predictions: recorded.map(packPrediction),
    workers: recorded.map(({ worker }) => worker),
  }
}
