import type { Address, Hex } from 'viem'
import { AuspexError, findSeal } from '@auspex/sdk'
import type { Prediction, RoundKey, SealList, SignedCommitment } from '@auspex/sdk'
import { askInTurn } from '../http/askInTurn.ts'
import type { Endpoint } from '../http/endpoint.ts'
import type { Entry, Kept } from '../journal/journal.ts'
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
  /** Seconds in which all that is committed to a round is seen: its cadence, or its commit window where that is longer. */
  length: bigint
  /** Whether predictions are sealed first; in signed-only topics they are not. */
  isSealing: boolean
  /** Whether the worker has a seat in this round. */
  isSeated: boolean
  /** Whether its commitment is on the chain, which waits for what opens it. */
  isAwaited: boolean
  /** Whether the chain has its prediction, where nothing is sealed. */
  isHeard: boolean
}

export type Predicted =
  | { status: 'predicted'; prediction: Prediction }
  /** `isFinal`: asking again in the same round would change nothing. */
  | { status: 'abstained'; reason: string; isFinal?: boolean }
  /** The model is still at work. */
  | { status: 'waiting'; reason: string }

/** What came of a worker's turn. */
export type WorkerStep =
  | { status: 'idle'; reason: 'unseated' | 'silent' | 'revealed' | 'given up' | 'listening' }
  | { status: 'abstained'; reason: string }
  /** Commit window: a reputer has the signed commitment. */
  | { status: 'handed'; reputer: string }
  /** Commit window: the commitment is on the chain. */
  | { status: 'committed' }
  /** Reveal window: a reputer has the opening. */
  | { status: 'opened'; reputer: string }
  /** Reveal window: the worker revealed alone. */
  | { status: 'revealed' }
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
  /** The prediction, encrypted for this worker; it goes on the chain with the commitment. */
  capsuleOf: (turn: WorkerTurn, entry: Entry) => Promise<Hex>
  journal: {
    /** When the journal was begun, chain time. */
    since: bigint
    get: (turn: WorkerTurn) => Entry | undefined
    put: (turn: WorkerTurn, entry: Entry) => Promise<Kept>
  }
  /** The list on the chain that holds a commitment of the worker's, whoever committed it and whatever it says. */
  findList: (turn: WorkerTurn) => Promise<SealList | undefined>
  /** The same from receipts: what a node stops for is not taken from one endpoint's word about logs. */
  confirmList: (turn: WorkerTurn) => Promise<SealList | undefined>
  /** What the worker committed to, from the chain and its key alone; undefined where the chain holds no capsule of it. */
  recover: (turn: WorkerTurn) => Promise<Entry | undefined>
  /** Why the worker's coin does not do for a reveal; undefined where it does. */
  lackOfCoin: () => Promise<string | undefined>
  /** Whether the worker's key signed a commitment for the round. */
  isOwn: (turn: WorkerTurn, signed: Required<SignedCommitment>) => Promise<boolean>
  /** Reputers' endpoints, the preferred one first. */
  reputers: readonly Endpoint[]
  /** Tells reputers that this journal listens; whether an older one of the same key was heard since this one began to. */
  hearsOlder: (turn: WorkerTurn) => Promise<boolean>
  commit: (turn: WorkerTurn, entry: Entry) => Promise<void>
  /** Reveals alone, out of the list that holds its seal. */
  reveal: (turn: WorkerTurn, entry: Entry, list: SealList) => Promise<void>
  /** Speaks alone where nothing is sealed. */
  revealSigned: (turn: WorkerTurn, entry: Entry) => Promise<void>
  /** Share of a window that is left to reputers, basis points; after it the worker helps itself. */
  patienceBps: bigint
  /** Rounds that nothing more can be done for, as the chain had them then. */
  givenUp: Set<string>
  /** What was said of a round already, so that it is said once. */
  said: Set<string>
  /** Chain time when reputers were last asked what they hold, by round. */
  askedAt: Map<bigint, bigint>
  /** Share of a window that a young journal leaves to an older one of the same key, basis points. */
  courtesyBps: bigint
  log: Log
}

const BPS = 10_000n
const MOST_SAID = 1000
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
  if (turn.isHeard) return checkHeard(deps, turn)
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
  deps.log.info({ ...named(turn), commitment: kept.entry.commitment }, 'prediction.sealed')
  return kept.entry
}

/** Whether the worker may have said something in the round that the journal does not know. */
function isYoung({ journal }: WorkerDeps, { openedAt }: WorkerTurn): boolean {
  return journal.since > openedAt
}

/**
 * A new journal listens for one whole round before its first signature: if another machine uses the key, the chain or a
 * reputer shows what it signed, and this node stops. In the round after that it speaks later than an older journal would.
 */
async function holdBack(deps: WorkerDeps, turn: WorkerTurn): Promise<WorkerStep | undefined> {
  const { journal, log, courtesyBps } = deps
  const { openedAt, length, time, opensAt, closesAt } = turn
  const mayListen = journal.since > 0n
  if (mayListen && openedAt < journal.since + length) {
    sayOnce(deps, `listening ${turn.round}`, () => log.info(named(turn), 'journal.listening'))
    await askReputers(deps, turn)
    return { status: 'idle', reason: 'listening' }
  }
  if (!mayListen || openedAt >= journal.since + 2n * length) return undefined

  const isEarly = (time - opensAt) * BPS < (closesAt - opensAt) * courtesyBps
  if (isEarly)
    return { status: 'waiting', reason: 'an older journal of this key would speak first' }
  deps.askedAt.delete(turn.round)
  await askReputers(deps, turn)
  return undefined
}

/** Asks the reputers, at most eight times a window, what they hold of this worker; another signature stops the node. */
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
    if (taken.status === 'accepted') return { status: 'handed', reputer: taken.reputer }
    if (reputers.length > 0) return { status: 'waiting', reason: taken.reason }
  }

  await deps.commit(turn, entry)
  return { status: 'committed' }
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
  return askInTurn({
    reputers: deps.reputers,
    ask: give,
    // Before the next one is asked: what contradicts an earlier word must reach nobody else.
    onAnswer: async (answer) => {
      if (answer.status === 'refused' && answer.held) await checkHeld(deps, turn, answer.held)
    },
    limitMs: Number(offerLimitMs(turn)),
  })
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
  if (!list && taken?.status === 'accepted') return { status: 'opened', reputer: taken.reputer }
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
  if (taken.status === 'accepted') return { status: 'opened', reputer: taken.reputer }

  // A list of one is the worker's own, or of a reputer that has nobody else's either.
  const isAlone = list.seals.length === 1
  if (!isAlone && isPatient(deps, turn)) return { status: 'waiting', reason: taken.reason }

  await deps.reveal(turn, entry, list)
  return { status: 'revealed' }
}

/** Signed-only topics: commitment and opening travel together, and need no list. */
async function handInOpen(deps: WorkerDeps, turn: WorkerTurn, entry: Entry): Promise<WorkerStep> {
  const taken = await offerBoth(deps, turn, entry)
  if (taken.status === 'accepted') return { status: 'opened', reputer: taken.reputer }
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

const unconfirmed: WorkerStep = {
  status: 'waiting',
  reason: 'logs say that another node used this key, and no receipt confirms it',
}

/** The chain holds a commitment that this journal does not know. */
async function stopOrWait(deps: WorkerDeps, turn: WorkerTurn, did: string): Promise<WorkerStep> {
  if (!(await deps.confirmList(turn))) return unconfirmed
  throw signedElsewhere(deps, turn, did)
}

function beSilent({ givenUp }: WorkerDeps, turn: WorkerTurn): WorkerStep {
  givenUp.add(stateOf(turn))
  return { status: 'idle', reason: 'silent' }
}

/** What the journal misses of a round that opened under it was said elsewhere. */
function checkHeard(deps: WorkerDeps, turn: WorkerTurn): WorkerStep {
  const isKnown = deps.journal.get(turn) !== undefined || isYoung(deps, turn)
  if (!isKnown) throw signedElsewhere(deps, turn, 'has revealed')

  return { status: 'idle', reason: 'revealed' }
}

/** What a reputer shows counts for what its signature is worth. */
async function checkHeld(
  deps: WorkerDeps,
  turn: WorkerTurn,
  held: Required<SignedCommitment>,
): Promise<void> {
  const said = deps.journal.get(turn)?.commitment.toLowerCase()
  if (held.commitment.toLowerCase() === said || !(await deps.isOwn(turn, held))) return

  throw signedElsewhere(deps, turn, 'has signed')
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

function listensElsewhere({ log, worker }: WorkerDeps, turn: WorkerTurn): OperatorError {
  log.error({ ...named(turn), worker, did: 'listens' }, 'signer.elsewhere')
  return new OperatorError(
    'locked',
    `Another node that uses the key of ${worker} listens in round ${turn.round} as this one does, and its journal is older. Two predictions by one key in one round contradict each other, so this node stops before it signs anything. Stop the other one first if this is the one to run.`,
  )
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

/** A node looks every second; its news are said once. */
function sayOnce({ said }: WorkerDeps, what: string, say: () => void): void {
  if (said.has(what)) return
  if (said.size >= MOST_SAID) said.clear()
  said.add(what)
  say()
}

function named({ topic, round, phase }: WorkerTurn) {
  return { topic, round, phase }
}

function offered({ worker }: WorkerDeps, { topic, round }: WorkerTurn) {
  return { topic, round, worker }
}
