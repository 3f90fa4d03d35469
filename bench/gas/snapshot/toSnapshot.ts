import type { Figures } from '../measure/Figures.ts'
import type { Mode } from '../measure/Mode.ts'
import { phases } from '../measure/RoundCost.ts'
import type { Snapshot } from './Snapshot.ts'

/** Measured figures by the names under which they are committed. */
export function toSnapshot({
  figures: { hardfork, rounds, reads, verbs },
  bytecode,
}: {
  figures: Figures
  bytecode: Record<string, number>
}): Snapshot {
  const ofMode = (mode: Mode) =>
    [...rounds[mode]].flatMap(([workers, cost]) =>
      phases
        .filter((phase) => cost[phase].gas > 0)
        .map((phase) => [`${phase}, ${mode}, ${workers} workers`, cost[phase].gas] as const),
    )
  const ofReads = Object.entries(reads).flatMap(([name, { cold, warm }]) => [
    [`read ${name}, cold`, cold] as const,
    [`read ${name}, warm`, warm] as const,
  ])
  const ofVerbs = Object.entries(verbs).map(([name, { gas }]) => [name, gas] as const)

  return {
    hardfork,
    gas: Object.fromEntries([
      ...ofMode('batched'),
      ...ofMode('direct'),
      ...ofMode('signedOnly'),
      ...ofReads,
      ...ofVerbs,
    ]),
    bytecode,
  }
}
