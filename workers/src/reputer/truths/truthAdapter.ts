import type { Act, ReputerTurn, Truth } from '../reputerTurn.ts'
import type { RoundKey } from '@auspex/sdk'

/** How a reputer gets the truth of a topic into its truth source. */
export type TruthAdapter = {
  /** Does what is owed for every round, whatever became of it. */
  attend: () => Promise<(RoundKey & { act: Act })[]>
  /** Finds the proof for a round that is due. */
  bring: (turn: ReputerTurn) => Promise<Truth>
}
