import { AuspexError, findSeal } from '@auspex/sdk'
import type { RoundKey, SealList } from '@auspex/sdk'
import { askInTurn } from '../http/connectReputer.ts'
import type { Endpoint } from '../http/endpoint.ts'
import type { Entry } from '../journal/journal.ts'
import { OperatorError } from '../runtime/operatorError.ts'
import { BPS, sayOnce } from './workerTurn.ts'
import type { WorkerTurn, WorkerStep, WorkerDeps } from './workerTurn.ts'
import {
  isYoung,
  holdBack,
  unconfirmed,
  stopOrWait,
  checkRevealed,
  checkHeld,
  signedElsewhere,
} from './doubleSign.ts'

const RACES = ['AlreadyCommitted', 'NothingCommitted', 'NothingRevealed']

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
  if (turn.isAwaited) return standBy(deps, turn)
  if (!turn.isSeated) return { status: 'idle', reason: 'unseated' }
  if (turn.isRevealed) return checkRevealed(deps, turn)
  if (isGivenUp(deps, turn)) return { status: 'idle', reason: 'given up' }
  if (turn.isSealing && turn.phase === 'reveal') return lookBack(deps, turn)

  const entry = deps.journal.get(turn) ?? (await predictAndKeep(deps, turn))
  if ('status' in entry) return entry
  return turn.isSealing ? handIn(deps, turn, entry) : handInOpen(deps, turn, entry)
}

/* PREDICT */

async function predictAndKeep(deps: WorkerDeps, turn: WorkerTurn): Promise<Entry | WorkerStep> {
  // A journal younger than the round may have lost another prediction for it; two would be an equivocation.
  if (isYoung(deps, turn)) {
    return giveUp(deps, turn, 'the journal was begun after the round opened')
  }
  const hold = await holdBack(deps, turn)
  if (hold) return hold
  const lack = await deps.lackOfCoin()
  if (lack !== undefined) return { status: 'abstained', reason: lack }

  const predicted = await deps.predict(turn)
  if (predicted.status === 'waiting') return predicted
  if (predicted.status === 'abstained') {
    const { isFinal, reason } = predicted
    return isFinal ? giveUp(deps, turn, reason) : { status: 'abstained', reason }
  }

  const kept = await deps.journal.put(turn, await deps.seal(turn, predicted.prediction))
  const { commitment } = kept.entry
  const { inputs } = predicted
  deps.log.info({ ...named(turn), commitment, ...(inputs && { inputs }) }, 'prediction.sealed')
  return kept.entry
}

function giveUp(deps: WorkerDeps, turn: WorkerTurn, reason: string): WorkerStep {
  deps.givenUp.add(stateOf(turn))
  return { status: 'abstained', reason }
}

function isGivenUp({ givenUp }: WorkerDeps, turn: WorkerTurn): boolean {
  return givenUp.has(stateOf(turn))
}

/** A round that was given up is taken up again where a commitment of an earlier life appears on the chain. */
function stateOf({ round, isAwaited }: WorkerTurn): string {
  return `${round} ${isAwaited}`
}

/* COMMIT */

async function handIn(deps: WorkerDeps, turn: WorkerTurn, entry: Entry): Promise<WorkerStep> {
  const { reputers } = deps
  // What the coin does not do to reveal is better never committed: silence costs nothing, a seal left closed does.
  const lack = await deps.lackOfCoin()
  if (lack !== undefined) return { status: 'abstained', reason: lack }

  if (isPatient(deps, turn)) {
    const { commitment, r, vs } = entry
    const capsule = await deps.capsuleOf(turn, entry)
    const offer = { ...offered(deps, turn), commitment, r: r!, vs: vs!, capsule }
    const taken = await offerTo(deps, turn, (each) => each.takeCommitment(offer))
    if (taken.status === 'accepted') {
      deps.takers.set(turn.round, taken.reputer)
      return { status: 'handed', reputer: taken.reputer.name }
    }
    if (reputers.length > 0) return { status: 'waiting', reason: taken.reason }
  }

  await deps.commit(turn, entry)
  return { status: 'committed' }
}

/** Whether it is early enough in the window to leave the sending to reputers. */
function isPatient({ patienceBps }: WorkerDeps, { time, opensAt, closesAt }: WorkerTurn): boolean {
  return (time - opensAt) * BPS < (closesAt - opensAt) * patienceBps
}

type Taken = { status: 'accepted'; reputer: Endpoint } | { status: 'refused'; reason: string }

async function offerTo(
  deps: WorkerDeps,
  turn: WorkerTurn,
  give: (reputer: Endpoint) => ReturnType<Endpoint['takeOpening']>,
): Promise<Taken> {
  return askInTurn({
    reputers: takerFirst(deps, turn),
    ask: give,
    // Before the next one is asked: what contradicts an earlier word must reach nobody else.
    onAnswer: async (answer) => {
      if (answer.status === 'refused' && answer.held) await checkHeld(deps, turn, answer.held)
    },
    limitMs: Number(offerLimitMs(turn)),
  })
}

/** Whoever took the commitment most likely holds the rest of its list too, and can reveal all of it at once. */
function takerFirst({ reputers, takers }: WorkerDeps, { round }: WorkerTurn): Endpoint[] {
  const taker = takers.get(round)
  return [...new Set(taker ? [taker, ...reputers] : reputers)]
}

/** A tenth of what is left of the window, a second at least and three at most. */
function offerLimitMs({ time, closesAt }: WorkerTurn): bigint {
  const tenth = (closesAt - time) * 100n
  if (tenth < 1000n) return 1000n
  return tenth > 3000n ? 3000n : tenth
}

/* REVEAL */

/** The commitment is taken in, by whoever it was: what remains is to open it when its time has come. */
async function standBy(deps: WorkerDeps, turn: WorkerTurn): Promise<WorkerStep> {
  const kept = deps.journal.get(turn)
  // What the journal holds is handed over before anything is asked of the chain: no log query can keep it back.
  const taken = kept && turn.phase === 'reveal' ? await offerOpening(deps, turn, kept) : undefined

  let list = await deps.findList(turn).catch((error: Error) => {
    if (taken?.status === 'accepted') return undefined
    throw error
  })
  if (!list && taken?.status === 'accepted')
    return { status: 'opened', reputer: taken.reputer.name }
  if (!list) return { status: 'waiting', reason: 'the chain does not show the list yet' }

  if (!kept && !isYoung(deps, turn)) return stopOrWait(deps, turn, 'has committed')
  if (kept && !isIn(deps, list, kept)) {
    list = await deps.confirmList(turn)
    if (!list) return unconfirmed
    if (!isIn(deps, list, kept)) throw signedElsewhere(deps, turn, 'has committed')
  }
  const entry = kept ?? (await recover(deps, turn, list))
  if ('status' in entry) return entry
  if (turn.phase === 'commit') return { status: 'committed' }
  return open(deps, turn, { entry, list, taken: taken ?? (await offerOpening(deps, turn, entry)) })
}

function isIn({ worker }: WorkerDeps, { seals }: SealList, { commitment }: Entry): boolean {
  return findSeal({ seals, worker, commitment }) !== undefined
}

async function open(
  deps: WorkerDeps,
  turn: WorkerTurn,
  { entry, list, taken }: { entry: Entry; list: SealList; taken: Taken },
): Promise<WorkerStep> {
  if (taken.status === 'accepted') return { status: 'opened', reputer: taken.reputer.name }

  // A list of one is the worker's own, or of a reputer that has nobody else's either.
  const isAlone = list.seals.length === 1
  if (!isAlone && isPatient(deps, turn)) return { status: 'waiting', reason: taken.reason }

  await deps.reveal(turn, entry, list)
  return { status: 'revealed' }
}

/** Signed-only topics: commitment and opening travel together, and need no list. */
async function handInOpen(deps: WorkerDeps, turn: WorkerTurn, entry: Entry): Promise<WorkerStep> {
  const taken = await offerBoth(deps, turn, entry)
  if (taken.status === 'accepted') return { status: 'opened', reputer: taken.reputer.name }
  if (deps.reputers.length > 0 && isPatient(deps, turn)) {
    return { status: 'waiting', reason: taken.reason }
  }

  await deps.revealSigned(turn, entry)
  return { status: 'revealed' }
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

/** The journal is lost: the chain holds the prediction encrypted, and the key opens it. */
async function recover(
  deps: WorkerDeps,
  turn: WorkerTurn,
  list: SealList,
): Promise<Entry | WorkerStep> {
  if (isGivenUp(deps, turn)) return { status: 'idle', reason: 'given up' }

  const entry = (await deps.recover(turn)) ?? (await predictAgain(deps, turn))
  if ('status' in entry) return entry
  if (!isIn(deps, list, entry)) {
    return miss(deps, turn, 'the journal is lost, and the model no longer says what was committed')
  }

  await deps.journal.put(turn, entry)
  deps.log.warn(named(turn), 'prediction.recovered')
  return entry
}

/** Whoever committed it left no capsule: the same model should say the same as before. */
async function predictAgain(deps: WorkerDeps, turn: WorkerTurn): Promise<Entry | WorkerStep> {
  const predicted = await deps.predict(turn)
  if (predicted.status !== 'predicted') return predicted
  return deps.seal(turn, predicted.prediction)
}

function miss(deps: WorkerDeps, turn: WorkerTurn, reason: string): WorkerStep {
  deps.givenUp.add(stateOf(turn))
  return { status: 'missed', reason }
}

/* ANOTHER NODE WITH THE SAME KEY: seen by its words, and reason to stop before there are two for one round */

/** Reveals are on and none is awaited: what was committed is revealed, or nothing was. */
async function lookBack(deps: WorkerDeps, turn: WorkerTurn): Promise<WorkerStep> {
  const entry = deps.journal.get(turn)
  const list = await deps.findList(turn)
  if (!list && entry) return miss(deps, turn, 'the commitment came into no list')
  if (!list) return beSilent(deps, turn)
  if (entry && isIn(deps, list, entry)) return { status: 'idle', reason: 'revealed' }
  if (!entry && isYoung(deps, turn)) return { status: 'idle', reason: 'revealed' }

  const sure = await deps.confirmList(turn)
  if (!sure) return unconfirmed
  if (entry && isIn(deps, sure, entry)) return { status: 'idle', reason: 'revealed' }
  throw signedElsewhere(deps, turn, 'has revealed')
}

function beSilent({ givenUp }: WorkerDeps, turn: WorkerTurn): WorkerStep {
  givenUp.add(stateOf(turn))
  return { status: 'idle', reason: 'silent' }
}

/* TELL */

function failed(error: unknown): WorkerStep {
  if (error instanceof OperatorError && error.reason === 'locked') throw error
  if (!(error instanceof AuspexError)) return { status: 'failed', reason: (error as Error).message }
  // Somebody sent it in the same moment; the next look at the chain shows it.
  if (RACES.includes(error.name)) return { status: 'waiting', reason: error.name }
  return { status: 'failed', reason: `${error.name}: ${error.message}` }
}

function tell(deps: WorkerDeps, turn: WorkerTurn, step: WorkerStep): void {
  const { log, worker } = deps
  const { status, ...fields } = step
  const line = { ...named(turn), worker, ...fields }
  if (status === 'failed' || status === 'missed') return log.error(line, `prediction.${status}`)
  if (status === 'abstained') {
    const { reason } = step
    return sayOnce(deps, `${turn.round} ${reason}`, () => log.warn(line, 'prediction.abstained'))
  }
  if (status === 'idle' || status === 'waiting') return log.debug(line, `prediction.${status}`)
  log.info(line, `prediction.${status}`)
}

function offered({ worker }: WorkerDeps, { topic, round }: WorkerTurn) {
  return { topic, round, worker }
}

function named({ topic, round, phase }: WorkerTurn) {
  return { topic, round, phase }
}
