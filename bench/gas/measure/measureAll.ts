import type { Hardfork } from '../chain/hardforks.ts'
import type { Figures } from './Figures.ts'
import { measureReads } from './measureReads.ts'
import { measureRound } from './measureRound.ts'
import { measureVerbs } from './measureVerbs.ts'
import type { Mode } from './Mode.ts'
import type { Plan } from './plans.ts'
import type { RoundCost } from './RoundCost.ts'

/** Measures everything of a plan on one hardfork, every figure on a fresh chain, so that none depends on another. */
export async function measureAll({
  hardfork,
  plan,
  tell,
}: {
  hardfork: Hardfork
  plan: Plan
  tell: (progress: string) => void
}): Promise<Figures> {
  const roundsOf = async (mode: Mode): Promise<ReadonlyMap<number, RoundCost>> => {
    const rounds = new Map<number, RoundCost>()
    for (const workers of plan[mode]) {
      tell(`${hardfork}: ${mode}, ${workers} workers`)
      rounds.set(workers, await measureRound({ hardfork, mode, workers }))
    }
    return rounds
  }

  const rounds = {
    batched: await roundsOf('batched'),
    direct: await roundsOf('direct'),
    signedOnly: await roundsOf('signedOnly'),
  }
  tell(`${hardfork}: reads and verbs`)
  const reads = await measureReads({ hardfork })
  const verbs = await measureVerbs({ hardfork })

  return { hardfork, rounds, reads, verbs }
}
