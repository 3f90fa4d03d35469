import type { Cost } from '../chain.ts'
import type { Figures } from '../measure/measureAll.ts'
import type { Rhythm } from '../measure/openTopic.ts'
import type { RoundCost } from '../measure/RoundCost.ts'
import type { PeerUpdate } from '../peers/PeerFigures.ts'

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

/** What any transaction costs before it does anything. */
const BASE = 21_000

/**
 * Commit, reveal and publish: all that goes before the feed changes. Where the settlement of another round bears the base
 * of a transaction they share, it is counted to them here, as it is to updates of others.
 */
export function updateCost({ cost, rhythm }: { cost: RoundCost; rhythm: Rhythm }): Cost {
  const parts = [cost.commit, cost.reveal, cost.publish]
  const sum = (of: keyof Cost) => parts.reduce((total, part) => total + part[of], 0)

  return { gas: sum('gas') + (rhythm === 'apart' ? 0 : BASE), calldata: sum('calldata') }
}
