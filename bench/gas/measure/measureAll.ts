import type { Hardfork } from '../chain.ts'
import { measurePeers } from '../peers/measurePeers.ts'
import type { Figures } from './Figures.ts'
import { measureFours } from './measureFours.ts'
import { measureJoined } from './measureJoined.ts'
import { measureReads } from './measureReads.ts'
import { measureRound } from './measureRound.ts'
import { measureVerbs } from './measureVerbs.ts'
import type { BatchedMode, Mode } from './Mode.ts'
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
  const { usual, row, apart, fours, peers: sizes } = plan
  const measured = async (
    name: string,
    sizes: readonly number[],
    measure: (workers: number) => Promise<RoundCost>,
  ): Promise<ReadonlyMap<number, RoundCost>> => {
    const rounds = new Map<number, RoundCost>()
    for (const workers of sizes) {
      tell(`${hardfork}: ${name}, ${workers} workers`)
      rounds.set(workers, await measure(workers))
    }
    return rounds
  }
  const asUsual = (mode: BatchedMode) =>
    measured(`${mode}, as usual`, usual[mode], (workers) =>
      measureJoined({ hardfork, mode, rhythm: 'usual', workers }),
    )
  const inARow = (mode: BatchedMode) =>
    measured(`${mode}, in a row`, row[mode], (workers) =>
      measureJoined({ hardfork, mode, rhythm: 'row', workers }),
    )
  const oneByOne = (mode: Mode) =>
    measured(`${mode}, apart`, apart[mode], (workers) => measureRound({ hardfork, mode, workers }))

  const rounds = {
    usual: { batched: await asUsual('batched'), signedOnly: await asUsual('signedOnly') },
    row: { batched: await inARow('batched'), signedOnly: await inARow('signedOnly') },
    apart: {
      batched: await oneByOne('batched'),
      direct: await oneByOne('direct'),
      signedOnly: await oneByOne('signedOnly'),
    },
    fours: await measured('batched, four settled together', fours, (workers) =>
      measureFours({ hardfork, workers }),
    ),
  }
  tell(`${hardfork}: reads, verbs and peers`)
  const reads = await measureReads({ hardfork })
  const verbs = await measureVerbs({ hardfork })

  const peers = await measurePeers({ hardfork, sizes })

  return { hardfork, rounds, reads, verbs, peers }
}
