import type { Figures } from '../measure/measureAll.ts'
import type { Rhythm } from '../measure/openTopic.ts'
import { totalGas } from '../measure/RoundCost.ts'
import type { RoundCost } from '../measure/RoundCost.ts'
import { updateCost } from './ownUpdates.ts'
import type { Recorded } from './Recorded.ts'

/** What a contributor to an update is to cost at most, and costs. */
export type Goal = {
  /** whose cost for each signature is the limit */
  peer: string
  limit: number
  /** at so many contributors */
  at: number
  rows: readonly GoalRow[]
}

type GoalRow = {
  name: string
  /** by number of workers */
  perContributor: Record<string, number>
  holds: boolean
}

const PEER = 'Chainlink OCR2Aggregator'
const CONTRIBUTORS = 31

/**
 * A contributor to an update of ours is to cost no more than a signature in an update of Chainlink's OCR2 with 31
 * oracles. There one of three signs and nothing is settled; with settlement ours stands apart.
 */
export function goalOf({
  figures: {
    rounds: { usual, row, apart },
  },
  recorded,
}: {
  figures: Figures
  recorded: Recorded
}): Goal {
  const peer = recorded.systems.find(
    ({ name, contributors }) => name === PEER && contributors === CONTRIBUTORS,
  )
  if (peer === undefined) throw new RangeError(`No figure is recorded of ${PEER}`)
  const limit = peer.gas / peer.signatures
  const rowOf = (
    name: string,
    rounds: ReadonlyMap<number, RoundCost>,
    gasOf: (cost: RoundCost) => number,
  ): GoalRow => {
    const perContributor = Object.fromEntries(
      [...rounds].map(([workers, cost]) => [String(workers), gasOf(cost) / workers]),
    )
    return { name, perContributor, holds: perContributor[CONTRIBUTORS]! <= limit }
  }
  const update = (rhythm: Rhythm) => (cost: RoundCost) => updateCost({ cost, rhythm }).gas

  return {
    peer: PEER,
    limit,
    at: CONTRIBUTORS,
    rows: [
      rowOf('sealed, as usual', usual.batched, update('usual')),
      rowOf('signed-only, as usual', usual.signedOnly, update('usual')),
      rowOf('sealed, in a row', row.batched, update('row')),
      rowOf('signed-only, in a row', row.signedOnly, update('row')),
      rowOf('sealed, apart', apart.batched, update('apart')),
      rowOf('signed-only, apart', apart.signedOnly, update('apart')),
      rowOf('sealed, as usual, and settled', usual.batched, totalGas),
      rowOf('signed-only, as usual, and settled', usual.signedOnly, totalGas),
    ],
  }
}
