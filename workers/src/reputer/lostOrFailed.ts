import { AuspexError } from '@auspex/sdk'
import type { ReputerStep } from './reputerTurn.ts'

/** Refusals that only say that another keeper was faster. */
const RACES = [
  'AlreadyCommitted',
  'NothingCommitted',
  'NothingRevealed',
  'NotSole',
  'WrongStatus',
  'WrongBatches',
  'WrongOutcome',
  'AlreadyTallied',
]

/** What came of a round where an error did. */
export function lostOrFailed(error: unknown): ReputerStep {
  if (!(error instanceof AuspexError)) return { status: 'failed', reason: (error as Error).message }
  if (RACES.includes(error.name)) return { status: 'lost', reason: error.name }
  if (error.name === 'TruthUnknown') return { status: 'waiting', reason: error.name }
  return { status: 'failed', reason: `${error.name}: ${error.message}` }
}
