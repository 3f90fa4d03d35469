import type { Figures } from '../measure/Figures.ts'
import type { PhaseName, RoundCost } from '../measure/RoundCost.ts'
import type { Goal, GoalRow } from './Goal.ts'
import type { Recorded } from './Recorded.ts'

const PEER = 'Chainlink OCR2Aggregator'
const CONTRIBUTORS = 31
const UPDATE: readonly PhaseName[] = ['commit', 'reveal', 'publish']
const WHOLE: readonly PhaseName[] = [...UPDATE, 'settle']

/**
 * A contributor to an update of ours is to cost no more than a signature in an update of Chainlink's OCR2 with 31
 * oracles. There one of three signs and nothing is settled; with settlement ours stands apart.
 */
export function goalOf({
  figures: {
    rounds: { row, apart },
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
    phases: readonly PhaseName[],
  ): GoalRow => {
    const perContributor = Object.fromEntries(
      [...rounds].map(([workers, cost]) => [String(workers), gasOf(cost, phases) / workers]),
    )
    return { name, perContributor, holds: perContributor[CONTRIBUTORS]! <= limit }
  }

  return {
    peer: PEER,
    limit,
    at: CONTRIBUTORS,
    rows: [
      rowOf('sealed, in a row', row.batched, UPDATE),
      rowOf('signed-only, in a row', row.signedOnly, UPDATE),
      rowOf('sealed, apart', apart.batched, UPDATE),
      rowOf('signed-only, apart', apart.signedOnly, UPDATE),
      rowOf('sealed, in a row, and settled', row.batched, WHOLE),
      rowOf('signed-only, in a row, and settled', row.signedOnly, WHOLE),
    ],
  }
}

function gasOf(cost: RoundCost, phases: readonly PhaseName[]): number {
  return phases.reduce((sum, phase) => sum + cost[phase].gas, 0)
}
