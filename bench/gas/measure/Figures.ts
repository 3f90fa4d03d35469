import type { Hardfork } from '../chain.ts'
import type { Cost } from '../chain.ts'
import type { PeerFigures } from '../peers/PeerFigures.ts'
import type { ReadName } from './measureReads.ts'
import type { VerbName } from './measureVerbs.ts'
import type { BatchedMode, Mode } from './Mode.ts'
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
