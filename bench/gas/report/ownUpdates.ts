import type { Figures } from '../measure/Figures.ts'
import type { RoundCost } from '../measure/RoundCost.ts'
import type { PeerUpdate } from '../peers/PeerFigures.ts'
import { updateCost } from './updateCost.ts'

const SIZES = [4, 13, 31]

/**
 * Updates of ours in the form of those of others: commit, reveal and publish as a reputer sends them by default. Theirs
 * ends there; ours is settled afterwards, which has no counterpart.
 */
export function ownUpdates({ rounds: { usual } }: Figures): PeerUpdate[] {
  return [
    ...updatesOf({ name: 'ours, sealed', rounds: usual.batched }),
    ...updatesOf({ name: 'ours, signed-only', rounds: usual.signedOnly }),
  ]
}

function updatesOf({
  name,
  rounds,
}: {
  name: string
  rounds: ReadonlyMap<number, RoundCost>
}): PeerUpdate[] {
  return SIZES.flatMap((contributors) => {
    const round = rounds.get(contributors)
    if (round === undefined) return []

    const cost = updateCost({ cost: round, rhythm: 'usual' })
    return [
      { name, contributors, signatures: contributors, ...cost, values: true, source: 'this run' },
    ]
  })
}
