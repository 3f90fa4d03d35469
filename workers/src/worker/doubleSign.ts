import type { SignedCommitment } from '@auspex/sdk'
import { OperatorError } from '../runtime/operatorError.ts'
import { BPS, sayOnce } from './workerTurn.ts'
import type { WorkerTurn, WorkerStep, WorkerDeps } from './workerTurn.ts'

/*
 * The guard against two predictions by one key in one round: consulted before anything is signed, and whenever the chain or
 * a reputer shows what this key has said. Another node with the same key is reason to stop, before there are two.
 */

/** Whether the worker may have said something in the round that the journal does not know. */
export function isYoung({ journal }: WorkerDeps, { openedAt }: WorkerTurn): boolean {
  return journal.since > openedAt
}

/**
 * A new journal listens for one whole round before its first signature: if another machine uses the key, the chain or a
 * reputer shows what it signed, and this node stops. In the round after that it speaks later than an older journal would.
 */
export async function holdBack(
  deps: WorkerDeps,
  turn: WorkerTurn,
): Promise<WorkerStep | undefined> {
  const { journal, log, courtesyBps } = deps
  const { openedAt, length, time, opensAt, closesAt } = turn
  const mayListen = journal.since > 0n
  if (mayListen && openedAt < journal.since + length) {
    sayOnce(deps, `listening ${turn.round}`, () => log.info(lineOf(turn), 'journal.listening'))
    await askReputers(deps, turn)
    return { status: 'idle', reason: 'listening' }
  }
  if (!mayListen || openedAt >= journal.since + 2n * length) return undefined

  const isEarly = (time - opensAt) * BPS < (closesAt - opensAt) * courtesyBps
  if (isEarly)
    return { status: 'waiting', reason: 'an older journal of this key would speak first' }
  deps.askedAt.delete(turn.round)
  await askReputers(deps, turn)
  if (deps.isHeard()) return undefined
  return { status: 'waiting', reason: 'the chain does not show yet that this journal listens' }
}

/** Asks reputers and chain, at most eight times a window, what they have of this worker; another signature stops the node. */
async function askReputers(deps: WorkerDeps, turn: WorkerTurn): Promise<void> {
  const { reputers, askedAt, worker } = deps
  const { topic, round, time, opensAt, closesAt } = turn
  const before = askedAt.get(round)
  if (before !== undefined && (time - before) * 8n < closesAt - opensAt) return

  askedAt.set(round, time)
  for (const old of askedAt.keys()) if (old + 16n < round) askedAt.delete(old)
  const answers = await Promise.all(
    reputers.map((each) => each.findCommitment?.({ topic, round, worker })),
  )
  for (const answer of answers) {
    if (answer?.status === 'held') await checkHeld(deps, turn, answer.held)
  }
  if (await deps.hearsOlder(turn)) throw listensElsewhere(deps, turn)
}

export const unconfirmed: WorkerStep = {
  status: 'waiting',
  reason: 'logs say that another node used this key, and no receipt confirms it',
}

/** The chain holds a commitment that this journal does not know. */
export async function stopOrWait(
  deps: WorkerDeps,
  turn: WorkerTurn,
  did: string,
): Promise<WorkerStep> {
  if (!(await deps.confirmList(turn))) return unconfirmed
  throw signedElsewhere(deps, turn, did)
}

/** What the journal misses of a round that opened under it was said elsewhere. */
export function checkRevealed(deps: WorkerDeps, turn: WorkerTurn): WorkerStep {
  const isKnown = deps.journal.get(turn) !== undefined || isYoung(deps, turn)
  if (!isKnown) throw signedElsewhere(deps, turn, 'has revealed')

  return { status: 'idle', reason: 'revealed' }
}

/** What a reputer shows counts for what its signature is worth. */
export async function checkHeld(
  deps: WorkerDeps,
  turn: WorkerTurn,
  held: Required<SignedCommitment>,
): Promise<void> {
  const said = deps.journal.get(turn)?.commitment.toLowerCase()
  if (held.commitment.toLowerCase() === said || !(await deps.isOwn(turn, held))) return

  throw signedElsewhere(deps, turn, 'has signed')
}

export function signedElsewhere(
  { log, worker }: WorkerDeps,
  turn: WorkerTurn,
  did: string,
): OperatorError {
  log.error({ ...lineOf(turn), worker, did }, 'signer.elsewhere')
  return new OperatorError(
    'locked',
    `Another node uses the key of ${worker}: it ${did} in round ${turn.round} what is not in this node's journal. Two predictions by one key in one round contradict each other, so this node stops. Stop the other one; if it is not yours, revoke the signer. If there is none, this journal is an old copy: move it away, and a new one begins with the next round.`,
  )
}

function listensElsewhere({ log, worker }: WorkerDeps, turn: WorkerTurn): OperatorError {
  log.error({ ...lineOf(turn), worker, did: 'listens' }, 'signer.elsewhere')
  return new OperatorError(
    'locked',
    `Another node that uses the key of ${worker} listens in round ${turn.round} as this one does, and its journal is older. Two predictions by one key in one round contradict each other, so this node stops before it signs anything. Stop the other one first if this is the one to run.`,
  )
}

/** What names the turn in a line of the log. */
function lineOf({ topic, round, phase }: WorkerTurn) {
  return { topic, round, phase }
}
