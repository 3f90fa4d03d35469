import type { Figures } from '../measure/Figures.ts'
import { phases } from '../measure/RoundCost.ts'
import type { RoundCost } from '../measure/RoundCost.ts'
import type { Snapshot } from './Snapshot.ts'

/** Measured figures by the names under which they are committed. */
export function toSnapshot({
  figures: { hardfork, rounds, reads, verbs },
  bytecode,
}: {
  figures: Figures
  bytecode: Record<string, number>
}): Snapshot {
  const ofRounds = (name: string, rounds: ReadonlyMap<number, RoundCost>) =>
    [...rounds].flatMap(([workers, cost]) =>
      phases
        .filter((phase) => cost[phase].gas > 0)
        .map((phase) => [`${phase}, ${name}, ${workers} workers`, cost[phase].gas] as const),
    )
  const ofReads = Object.entries(reads).flatMap(([name, { cold, warm }]) => [
    [`read ${name}, cold`, cold] as const,
    [`read ${name}, warm`, warm] as const,
  ])
  const ofVerbs = Object.entries(verbs).map(([name, { gas }]) => [name, gas] as const)

  return {
    hardfork,
    gas: Object.fromEntries([
      ...ofRounds('sealed, as usual', rounds.usual.batched),
      ...ofRounds('signed only, as usual', rounds.usual.signedOnly),
      ...ofRounds('sealed, in a row', rounds.row.batched),
      ...ofRounds('signed only, in a row', rounds.row.signedOnly),
      ...ofRounds('sealed, apart', rounds.apart.batched),
      ...ofRounds('signed only, apart', rounds.apart.signedOnly),
      ...ofRounds('sealed, one by one', rounds.apart.direct),
      ...ofReads,
      ...ofVerbs,
    ]),
    bytecode,
  }
}
