import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { BadInput } from '../../lib/checks.ts'
import type { Figures } from '../measure/measureAll.ts'
import { phases } from '../measure/RoundCost.ts'
import type { RoundCost } from '../measure/RoundCost.ts'

const figures = z.record(z.string(), z.int().nonnegative())

/** Named figures that are committed: gas on one hardfork, and bytes of code. */
export const snapshotSchema = z.object({ hardfork: z.string(), gas: figures, bytecode: figures })
export type Snapshot = z.infer<typeof snapshotSchema>

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

/** Reads committed figures; says what to do where there are none or they make no sense. */
export async function readSnapshot(path: string): Promise<Snapshot> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new BadInput(`No snapshot at ${path}. Write one: npm run gas`)
  })
  const found = snapshotSchema.safeParse(parse(text))
  if (found.success) return found.data

  throw new BadInput(`The snapshot at ${path} is damaged. Write it anew: npm run gas`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
