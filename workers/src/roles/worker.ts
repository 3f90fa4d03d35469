import { isAddressEqual } from 'viem'
import type { Address, Hex } from 'viem'
import { AuspexError } from '@auspex/sdk'
import type { Prediction, RoundKey } from '@auspex/sdk'
import type { Entry, Kept } from '../journal/journal.ts'
import type { Endpoint, SignedCommitment } from '../http/endpoint.ts'
import type { Log } from '../runtime/log.ts'
import { OperatorError } from '../runtime/operatorError.ts'

/** Where a worker stands in a round whose commit or reveal window is open. All of it is read from the chain. */
export type WorkerTurn = RoundKey & {
  phase: 'commit' | 'reveal'
  /** Chain time, unix seconds; the window's bounds too. */
  time: bigint
  opensAt: bigint
  closesAt: bigint
  /** When the round opened: nothing dated later may go into the prediction. */
  openedAt: bigint
  /** Whether it had opened before this node first looked, so that an earlier life may have spoken in it. */
  wasOpen: boolean
  /** Whether predictions are sealed first; in signed-only topics they are not. */
  isSealing: boolean
  /** Whether the worker has a seat in this round. */
  isSeated: boolean
  /** Whether the chain has counted its prediction. */
  isRevealed: boolean
}

export type Predicted =
  { status: 'predicted'; prediction: Prediction } | { status: 'abstained'; reason: string }

/** A list of commitments that was sent to the chain, and who sent it. */
export type CommittedList = { committer: Address; commitments: readonly Hex[] }

/** What came of a worker's turn. */
export type WorkerStep =
  | { status: 'idle'; reason: 'unseated' | 'revealed' | 'given up' }
  | { status: 'abstained'; reason: string }
  /** Commit window: a reputer has the signed commitment. */
  | { status: 'handed'; reputer: string }
  /** Commit window: the commitment is on the chain. */
  | { status: 'committed'; committer: Address }
  /** Reveal window: a reputer has the opening. */
  | { status: 'opened'; reputer: string }
  /** Reveal window: the worker revealed alone. */
  | { status: 'revealed'; committer: Address }
  /** No reputer answered yet, and there is still time to go without. */
  | { status: 'waiting'; reason: string }
  /** The prediction is not on the chain and can no longer get there. */
  | { status: 'missed'; reason: string }
  | { status: 'failed'; reason: string }

/** A worker's effects on the world. */
export type WorkerDeps = {
  worker: Address
  /** The rounds whose commit or reveal window is open now, oldest first. */
  readTurns: () => Promise<WorkerTurn[]>
  predict: (turn: WorkerTurn) => Promise<Predicted>
  /** Derives the salt, makes the commitment and signs it. The same prediction always gives the same entry. */
  seal: (turn: WorkerTurn, prediction: Prediction) => Promise<Entry>
  journal: {
    /** When the journal was begun, chain time. */
    since: bigint
    get: (turn: WorkerTurn) => Entry | undefined
    put: (turn: WorkerTurn, entry: Entry) => Kept
  }
  /** The committed list that holds a commitment, as the chain has it. */
  findList: (turn: WorkerTurn, commitment: Hex) => Promise<CommittedList | undefined>
  /** The list that the worker itself committed, as the chain has it. */
  findOwnList: (turn: WorkerTurn) => Promise<readonly Hex[] | undefined>
  /** Whether the worker's key signed a commitment for the round. */
  isOwn: (turn: WorkerTurn, signed: SignedCommitment) => Promise<boolean>
  /** Reputers' endpoints, the preferred one first. */
  reputers: readonly Endpoint[]
  commit: (turn: WorkerTurn, entry: Entry) => Promise<void>
  /** Reveals alone; without a list in signed-only topics. */
  reveal: (turn: WorkerTurn, entry: Entry, list: CommittedList | undefined) => Promise<void>
  /** Share of a window that is left to reputers, basis points; after it the worker helps itself. */
  patienceBps: bigint
  /** Rounds that nothing more can be done for. */
  givenUp: Set<bigint>
  log: Log
}

const BPS = 10_000n

/** Does what is left to do for a worker, by what the chain says. May be called at any time, any number of times. */
export async function tick(deps: WorkerDeps): Promise<(RoundKey & WorkerStep)[]> {
  const steps: (RoundKey & WorkerStep)[] = []
  for (const turn of await deps.readTurns()) {
    const { topic, round } = turn
    const step = await takeTurn(deps, turn).catch((error: unknown) => failed(error))
    tell(deps, turn, step)
    steps.push({ topic, round, ...step })
  }
  return steps
}

async function takeTurn(deps: WorkerDeps, turn: WorkerTurn): Promise<WorkerStep> {
  if (!turn.isSeated) return { status: 'idle', reason: 'unseated' }
  if (turn.isRevealed) return checkRevealed(deps, turn)
  if (deps.givenUp.has(turn.round)) return { status: 'idle', reason: 'given up' }

  const isOver = turn.phase === 'reveal' && turn.isSealing
  const kept = deps.journal.get(turn)
  if (isOver) return kept ? open(deps, turn, kept) : recover(deps, turn)

  const entry = kept ?? (await predictAndKeep(deps, turn))
  if ('status' in entry) return entry
  return turn.isSealing ? handIn(deps, turn, entry) : handInOpen(deps, turn, entry)
}

/* PREDICT */

async function predictAndKeep(deps: WorkerDeps, turn: WorkerTurn): Promise<Entry | WorkerStep> {
  // A journal younger than the round may have lost another word for it; two would be an equivocation.
  if (deps.journal.since > turn.openedAt) {
    return giveUp(deps, turn, 'the journal was begun after the round opened')
  }

  if (turn.wasOpen && turn.isSealing && (await deps.findOwnList(turn))) {
    throw signedElsewhere(deps, turn, 'has committed')
  }

  const predicted = await deps.predict(turn)
  if (predicted.status === 'abstained') return predicted

  const kept = deps.journal.put(turn, await deps.seal(turn, predicted.prediction))
  deps.log.info({ ...named(turn), commitment: kept.entry.commitment }, 'prediction.sealed')
  return kept.entry
}

function giveUp(deps: WorkerDeps, turn: WorkerTurn, reason: string): WorkerStep {
  deps.givenUp.add(turn.round)
  return { status: 'abstained', reason }
}

/* COMMIT */

async function handIn(deps: WorkerDeps, turn: WorkerTurn, entry: Entry): Promise<WorkerStep> {
  const { reputers } = deps
  if (isPatient(deps, turn)) {
    const offer = {
      ...offered(deps, turn),
      commitment: entry.commitment,
      r: entry.r!,
      vs: entry.vs!,
    }
    const taken = await offerTo(deps, turn, (each) => each.takeCommitment(offer))
    if (taken.status === 'accepted') return { status: 'handed', reputer: taken.reputer }
    if (reputers.length > 0) return { status: 'waiting', reason: taken.reason }
  }

  const list = await deps.findList(turn, entry.commitment)
  if (list) return { status: 'committed', committer: list.committer }
  await deps.commit(turn, entry).catch((error) => checkCommitted(deps, turn, error))
  return { status: 'committed', committer: deps.worker }
}

/** Whether it is early enough in the window to leave the sending to reputers. */
function isPatient({ patienceBps }: WorkerDeps, { time, opensAt, closesAt }: WorkerTurn): boolean {
  return (time - opensAt) * BPS < (closesAt - opensAt) * patienceBps
}

type Taken = { status: 'accepted'; reputer: string } | { status: 'refused'; reason: string }

async function offerTo(
  deps: WorkerDeps,
  turn: WorkerTurn,
  give: (reputer: Endpoint) => ReturnType<Endpoint['takeOpening']>,
): Promise<Taken> {
  const reasons: string[] = []
  for (const reputer of deps.reputers) {
    const answer = await give(reputer)
    if (answer.status === 'accepted') return { status: 'accepted', reputer: reputer.name }
    reasons.push(`${reputer.name}: ${answer.reason}`)
    // Before the next one is asked: what contradicts an earlier word must reach nobody else.
    if (answer.status === 'refused' && answer.held) await checkHeld(deps, turn, answer.held)
  }
  return { status: 'refused', reason: reasons.join('; ') || 'no reputers' }
}

/* REVEAL */

async function open(deps: WorkerDeps, turn: WorkerTurn, entry: Entry): Promise<WorkerStep> {
  const taken = await offerOpening(deps, turn, entry)
  if (taken.status === 'accepted') return { status: 'opened', reputer: taken.reputer }

  const list = await deps.findList(turn, entry.commitment)
  if (!list) return miss(deps, turn, 'no committed list holds the commitment')
  const isOwn = isAddressEqual(list.committer, deps.worker)
  if (!isOwn && isPatient(deps, turn)) return { status: 'waiting', reason: taken.reason }

  await deps.reveal(turn, entry, list)
  return { status: 'revealed', committer: list.committer }
}

/** Signed-only topics: commitment and opening travel together, and need no list. */
async function handInOpen(deps: WorkerDeps, turn: WorkerTurn, entry: Entry): Promise<WorkerStep> {
  const taken = await offerBoth(deps, turn, entry)
  if (taken.status === 'accepted') return { status: 'opened', reputer: taken.reputer }
  if (deps.reputers.length > 0 && isPatient(deps, turn)) {
    return { status: 'waiting', reason: taken.reason }
  }

  await deps.reveal(turn, entry, undefined)
  return { status: 'revealed', committer: deps.worker }
}

async function offerOpening(deps: WorkerDeps, turn: WorkerTurn, entry: Entry): Promise<Taken> {
  if (!isPatient(deps, turn)) return { status: 'refused', reason: 'out of patience' }
  const { value, confidence, salt } = entry
  const opening = { ...offered(deps, turn), value, confidence, salt }
  return offerTo(deps, turn, (each) => each.takeOpening(opening))
}

async function offerBoth(deps: WorkerDeps, turn: WorkerTurn, entry: Entry): Promise<Taken> {
  if (!isPatient(deps, turn)) return { status: 'refused', reason: 'out of patience' }
  const { value, confidence, salt, commitment, r, vs } = entry
  const key = offered(deps, turn)
  return offerTo(deps, turn, async (each) => {
    const answer = await each.takeCommitment({ ...key, commitment, r: r!, vs: vs! })
    return answer.status === 'accepted'
      ? each.takeOpening({ ...key, value, confidence, salt })
      : answer
  })
}

/* RECOVER */

/** The journal is lost: the salt is derived again, and the same model should say the same as before. */
async function recover(deps: WorkerDeps, turn: WorkerTurn): Promise<WorkerStep> {
  const predicted = await deps.predict(turn)
  if (predicted.status === 'abstained') return predicted

  const entry = await deps.seal(turn, predicted.prediction)
  const list = await deps.findList(turn, entry.commitment)
  if (!list)
    return miss(
      deps,
      turn,
      'nothing is in the journal, and the model says nothing that was committed',
    )

  deps.journal.put(turn, entry)
  deps.log.warn({ ...named(turn), committer: list.committer }, 'prediction.recovered')
  return open(deps, turn, entry)
}

function miss(deps: WorkerDeps, turn: WorkerTurn, reason: string): WorkerStep {
  deps.givenUp.add(turn.round)
  return { status: 'missed', reason }
}

/* ANOTHER NODE WITH THE SAME KEY: seen by its words, and reason to stop before there are two for one round */

/** What the journal misses of a round that opened under it was said elsewhere. */
function checkRevealed(deps: WorkerDeps, turn: WorkerTurn): WorkerStep {
  const isKnown = deps.journal.get(turn) !== undefined || deps.journal.since > turn.openedAt
  if (!isKnown) throw signedElsewhere(deps, turn, 'has revealed')

  return { status: 'idle', reason: 'revealed' }
}

/** What a reputer shows counts for what its signature is worth. */
async function checkHeld(
  deps: WorkerDeps,
  turn: WorkerTurn,
  held: SignedCommitment,
): Promise<void> {
  const said = deps.journal.get(turn)!.commitment.toLowerCase()
  if (held.commitment.toLowerCase() === said || !(await deps.isOwn(turn, held))) return

  throw signedElsewhere(deps, turn, 'has signed')
}

/** Nobody else commits in the worker's name; where its commitment is missing, its key is in use elsewhere. */
async function checkCommitted(deps: WorkerDeps, turn: WorkerTurn, error: unknown): Promise<never> {
  const isTaken = error instanceof AuspexError && error.name === 'AlreadyCommitted'
  const list = isTaken ? await deps.findOwnList(turn) : undefined
  const said = deps.journal.get(turn)!.commitment.toLowerCase()
  if (list && !list.some((each) => each.toLowerCase() === said)) {
    throw signedElsewhere(deps, turn, 'has committed')
  }
  throw error
}

function signedElsewhere(
  { log, worker }: WorkerDeps,
  turn: WorkerTurn,
  did: string,
): OperatorError {
  log.error({ ...named(turn), worker, did }, 'signer.elsewhere')
  return new OperatorError(
    'locked',
    `Another node uses the key of ${worker}: it ${did} in round ${turn.round} what is not in this node's journal. Two predictions by one key in one round contradict each other, so this node stops. Stop the other one; if it is not yours, revoke the signer. If there is none, this journal is an old copy: move it away, and a new one begins with the next round.`,
  )
}

/* TELL */

function failed(error: unknown): WorkerStep {
  if (error instanceof OperatorError && error.reason === 'locked') throw error
  if (!(error instanceof AuspexError)) return { status: 'failed', reason: (error as Error).message }
  // Somebody revealed it in the same moment; the next look at the chain shows it.
  if (error.name === 'NothingRevealed') return { status: 'waiting', reason: error.name }
  return { status: 'failed', reason: `${error.name}: ${error.message}` }
}

function tell({ log, worker }: WorkerDeps, turn: WorkerTurn, step: WorkerStep): void {
  const { status, ...fields } = step
  const line = { ...named(turn), worker, ...fields }
  if (status === 'failed' || status === 'missed') return log.error(line, `prediction.${status}`)
  if (status === 'abstained') return log.warn(line, 'prediction.abstained')
  if (status === 'idle' || status === 'waiting') return log.debug(line, `prediction.${status}`)
  log.info(line, `prediction.${status}`)
}

function named({ topic, round, phase }: WorkerTurn) {
  return { topic, round, phase }
}

function offered({ worker }: WorkerDeps, { topic, round }: WorkerTurn) {
  return { topic, round, worker }
}
