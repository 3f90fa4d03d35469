import type { Cost, Hardfork } from '../chain.ts'
import { measurePeers } from '../peers/measurePeers.ts'
import type { PeerFigures } from '../peers/PeerFigures.ts'
import { measureFours } from './measureFours.ts'
import { measureJoined } from './measureJoined.ts'
import { measureReads } from './measureReads.ts'
import type { ReadName } from './measureReads.ts'
import { measureRound } from './measureRound.ts'
import { measureVerbs } from './measureVerbs.ts'
import type { VerbName } from './measureVerbs.ts'
import type { BatchedMode, Mode } from './openTopic.ts'
import type { ReadCost } from './probeRead.ts'
import type { RoundCost } from './RoundCost.ts'

/** All that is measured on one hardfork. Rounds are keyed by their number of workers. */
export type Figures = {
  hardfork: Hardfork
  rounds: {
    usual: Record<BatchedMode, ReadonlyMap<number, RoundCost>>
    row: Record<BatchedMode, ReadonlyMap<number, RoundCost>>
    apart: Record<Mode, ReadonlyMap<number, RoundCost>>
    /** Sealed, four rounds settled in one transaction; empty where the plan asks for none. */
    fours: ReadonlyMap<number, RoundCost>
  }
  reads: Record<ReadName, ReadCost>
  verbs: Record<VerbName, Cost>
  peers: PeerFigures
}

/** Of which numbers of workers rounds are measured, and updates of others. */
type Plan = {
  usual: Record<BatchedMode, readonly number[]>
  row: Record<BatchedMode, readonly number[]>
  apart: Record<Mode, readonly number[]>
  fours: readonly number[]
  peers: readonly number[]
}

const SIZES = [1, 4, 13, 31, 40, 100, 256] as const

/** What the bench prints. Beyond 40 workers nobody sends a round's predictions one by one. */
export const FULL: Plan = {
  usual: { batched: SIZES, signedOnly: SIZES },
  row: { batched: SIZES, signedOnly: SIZES },
  apart: {
    batched: SIZES,
    direct: SIZES.filter((workers) => workers <= 40),
    signedOnly: SIZES,
  },
  fours: [13, 40, 100],
  peers: [4, 13, 31],
}

/** What the snapshot holds: ours alone, as theirs does not change. */
export const SMALL: Plan = {
  usual: { batched: [40, 100], signedOnly: [40, 100] },
  row: { batched: [40, 100], signedOnly: [40, 100] },
  apart: { batched: [40, 100], direct: [40], signedOnly: [40, 100] },
  fours: [],
  peers: [],
}

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
