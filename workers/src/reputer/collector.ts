import { isFullyRevealed } from '@auspex/sdk'
import { seatsIn } from './roundBook.ts'
import { due, momentOf, stepping, voidedOr } from './packer.ts'
import type {
  AgendaCall,
  Batch,
  Due,
  ReputerDeps,
  ReputerStep,
  ReputerTurn,
} from './reputerTurn.ts'

/*
 * The collector: takes what workers hand in to its desk, commits it as one list, and reveals it. It publishes only where
 * the reputer is a keeper too: then what ends the reveals carries the publication along.
 */

/** Three blocks of the slowest chains. */
const LAST_SECONDS = 36n

/** What the desk owes a round whose commit or reveal window is open. */
export async function collect(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  return turn.phase === 'commit' ? commitBatch(deps, turn) : revealBatch(deps, turn)
}

async function commitBatch(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  if (deps.offersOf(turn).length === 0 || !isDue(deps, turn)) return { status: 'idle' }

  const offers = await deps.findUncommitted(turn)
  if (offers.length === 0) return { status: 'idle' }
  return due(turn, async () => {
    const prepared = await deps.prepare.commit(turn, offers)
    const call = stepping(prepared, (count) => ({ status: 'committed', count }))
    return [{ ...call, goesAlone: isAlmostOver(turn) }]
  })
}

/** A few blocks before a window closes there is no second try. */
function isAlmostOver({ time, opensAt, closesAt }: ReputerTurn): boolean {
  const tenth = (closesAt - opensAt) / 10n
  return closesAt - time <= (tenth > LAST_SECONDS ? tenth : LAST_SECONDS)
}

function isDue(deps: ReputerDeps, turn: ReputerTurn): boolean {
  return turn.time >= momentOf(deps, turn)
}

async function revealBatch(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  if (turn.isSealing && turn.status !== 'open') return { status: 'idle' }

  const [first, ...others] = await findReady(deps, turn)
  if (first === undefined) return { status: 'idle' }
  return due(turn, () => revealAll(deps, turn, [first, ...others]))
}

/**
 * What is revealed now. All that is opened, where that is all there is or the moment has come; before, every list of which
 * nobody is awaited: an offer that somebody else's list holds, and that may be opened there, keeps none back.
 */
async function findReady(deps: ReputerDeps, turn: ReputerTurn): Promise<Batch[]> {
  const offers = deps.offersOf(turn)
  const opened = offers.filter(({ opening }) => opening)
  if (opened.length === 0) return []
  const isWhole = turn.isSealing && opened.length === offers.length
  if (isWhole || isDue(deps, turn)) return deps.findUnrevealed(turn, opened)
  if (!turn.isSealing) return []

  const batches = await deps.findUnrevealed(turn, opened)
  return batches.filter(({ list, seats }) => (seatsIn([list!]) & ~turn.closed & ~seats) === 0n)
}

/** What ends the reveals puts the aggregate on the feed in the same transaction, and where it can in the same call. */
async function revealAll(
  deps: ReputerDeps,
  turn: ReputerTurn,
  batches: readonly [Batch, ...Batch[]],
): Promise<AgendaCall[]> {
  const closed = batches.reduce((bits, { seats }) => bits | seats, turn.closed)
  const isLast = turn.isSealing && isFullyRevealed({ ...turn, closed })
  const isPublishing = isLast && deps.trades.has('keeper')
  if (isPublishing && turn.listing === 'sole') {
    return [stepping(await deps.prepare.revealAndPublish(turn, batches[0]), voidedOr)]
  }

  const reveals = await Promise.all(batches.map((batch) => deps.prepare.reveal(turn, batch)))
  const calls = reveals.map((reveal) =>
    stepping(reveal, (count) => ({ status: 'revealed', count })),
  )
  if (!isPublishing) return calls

  return [...calls, stepping(await deps.prepare.publish(turn, batches), voidedOr)]
}
