import type { Hex } from 'viem'
import type { Phase, Prepared, RoundKey, RoundStatus } from '@auspex/sdk'
import type { Offer } from '../http/desk.ts'
import type { Log } from '../runtime/log.ts'
import { deliver } from './deliver.ts'
import { hasCompany } from './hasCompany.ts'
import { lostOrFailed } from './lostOrFailed.ts'
import { momentOf } from './momentOf.ts'
import type { Post } from './post.ts'

/** Where a round stands that is not final yet. All of it is read from the chain. */
export type ReputerTurn = RoundKey & {
  phase: Exclude<Phase, 'pending'>
  status: RoundStatus
  /** Chain time, unix seconds; the bounds of the phase too. */
  time: bigint
  opensAt: bigint
  closesAt: bigint
  targetTime: bigint
  /** Whether predictions are sealed first; in signed-only topics they are not. */
  isSealing: boolean
  /** Predictions revealed so far. */
  count: bigint
}

/** What a truth source needs before a round can be resolved, and how far that is. */
export type Truth =
  | { status: 'ready'; proof: Hex }
  | { status: 'acted'; act: Act }
  | { status: 'waiting'; reason: string }

/** What a reputer does towards a truth that no contract knows. */
export type Act = 'report.committed' | 'report.revealed' | 'round.tallied'

/** What came of a round. */
export type ReputerStep =
  | { status: 'idle' }
  | { status: 'committed' | 'revealed'; count: number }
  | { status: 'published' | 'settled' | 'voided' }
  | { status: 'acted'; act: Act }
  | { status: 'waiting'; reason: string }
  /** Somebody else did it first, which is as good. */
  | { status: 'lost'; reason: string }
  | { status: 'failed'; reason: string }

/** What a reputer owes a round now. */
type Due = { status: 'due'; turn: ReputerTurn; prepare: () => Promise<Prepared<ReputerStep>> }

/** The call it pays by, and what will have come of the round then. */
type Ready = { status: 'ready'; call: Prepared<ReputerStep> }

/** What a reputer owes a topic now, in the order it has to happen, and what remains to do when it is done. */
export type Agenda = {
  calls: readonly Prepared<ReputerStep>[]
  finish: (done: readonly ReputerStep[]) => Promise<(RoundKey & ReputerStep)[]>
}

/** A reputer's effects on the world. */
export type ReputerDeps = {
  /** Rounds that are open, or not final yet, oldest first. */
  readTurns: () => Promise<ReputerTurn[]>
  desk: {
    offersOf: (key: RoundKey) => Offer[]
    closeList: (turn: ReputerTurn) => Hex[]
  }
  /** Whether this reputer's list of the round is on the chain. */
  isCommitted: (turn: ReputerTurn) => Promise<boolean>
  /** The offers whose openings are here and not on the chain yet. */
  findUnrevealed: (turn: ReputerTurn, offers: Offer[]) => Promise<Offer[]>
  /** The calls that move a round on, ready to be sent. */
  prepare: {
    commit: (turn: ReputerTurn, commitments: Hex[]) => Promise<Prepared<unknown>>
    reveal: (turn: ReputerTurn, offers: Offer[]) => Promise<Prepared<number>>
    publish: (turn: ReputerTurn) => Promise<Prepared<{ status: 'published' | 'void' }>>
    resolveAndSettle: (
      turn: ReputerTurn,
      proof: Hex,
    ) => Promise<Prepared<{ status: 'settled' | 'void' }>>
    settle: (turn: ReputerTurn) => Promise<Prepared<unknown>>
    voidRound: (turn: ReputerTurn) => Promise<Prepared<unknown>>
  }
  post: Post
  /** Reports what happened, where the truth source takes reports. Owed for every round, whatever became of it. */
  attend: () => Promise<(RoundKey & { act: Act })[]>
  /** Finds the proof of what happened. */
  bringTruth: (turn: ReputerTurn) => Promise<Truth>
  /** Denounces who never opened what this reputer committed for it, where that is worth a transaction. */
  denounce: (turn: ReputerTurn) => Promise<void>
  /** Collects keeper tips and bounties where they are worth a transaction. */
  claim: () => Promise<void>
  /** Share of a window after which a batch goes out, complete or not; basis points. */
  batchAfterBps: bigint
  /** Seconds that what is due may wait for a batch of the same topic, so that both leave together. */
  patience: bigint
  /** When this was first asked about a round in its phase. */
  dueSince: (turn: ReputerTurn) => bigint
  /** Seconds this reputer leaves to others in a round before it acts in a race; zero where it is its turn. */
  yieldFor: (turn: ReputerTurn) => bigint
  log: Log
}

/** Does what is left to do for a topic, by what the chain says. May be called at any time, any number of times. */
export async function tick(deps: ReputerDeps): Promise<(RoundKey & ReputerStep)[]> {
  const { calls, finish } = await look(deps)
  const [done] = await deliver(deps.post, [calls])
  return finish(done!)
}

/** Finds out what is left to do for a topic. */
export async function look(deps: ReputerDeps): Promise<Agenda> {
  const turns = await deps.readTurns()
  const found: (ReputerStep | Due)[] = []
  for (const turn of turns) found.push(await takeTurn(deps, turn).catch(lostOrFailed))

  const due = found.flatMap((each) => (each.status === 'due' ? each.turn : []))
  const isEarly = hasCompany(deps, { turns, due })
  const ready: (ReputerStep | Ready)[] = []
  for (const each of found) ready.push(each.status === 'due' ? await pay(each, isEarly) : each)

  const calls = ready.flatMap((each) => (each.status === 'ready' ? each.call : []))
  return { calls, finish: (done) => finish(deps, turns, ready, done) }
}

async function pay({ prepare }: Due, isEarly: boolean): Promise<ReputerStep | Ready> {
  if (isEarly) return { status: 'waiting', reason: 'more is due soon' }
  return prepare().then((call) => ({ status: 'ready', call }), lostOrFailed)
}

async function finish(
  deps: ReputerDeps,
  turns: readonly ReputerTurn[],
  found: readonly (ReputerStep | Ready)[],
  done: readonly ReputerStep[],
): Promise<(RoundKey & ReputerStep)[]> {
  const left = done.values()
  const steps: (RoundKey & ReputerStep)[] = []
  for (const [i, turn] of turns.entries()) {
    const { topic, round } = turn
    const each = found[i]!
    const step = each.status === 'ready' ? left.next().value! : each
    tell(deps, turn, step)
    steps.push({ topic, round, ...step })
  }
  for (const turn of turns) await deps.denounce(turn)
  for (const { act, ...key } of await attend(deps)) steps.push({ ...key, status: 'acted', act })
  await deps.claim()
  return steps
}

async function attend({ attend, log }: ReputerDeps): Promise<(RoundKey & { act: Act })[]> {
  const acts = await attend().catch((error: unknown) => {
    log.error({ reason: (error as Error).message }, 'report.failed')
    return []
  })
  for (const { act, ...key } of acts) log.info(key, act)
  return acts
}

async function takeTurn(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  const { phase, status } = turn
  if (phase === 'commit') return commitBatch(deps, turn)
  if (phase === 'reveal') return revealBatch(deps, turn)
  if (turn.time < turn.opensAt + deps.yieldFor(turn)) return { status: 'idle' }
  if (phase === 'live' && status === 'open') return publish(deps, turn)
  if (phase === 'due' && status === 'published') return bringTruth(deps, turn)
  if (status === 'resolved') return settle(deps, turn)
  if (phase === 'expired' && status === 'published') return voidRound(deps, turn)
  return { status: 'idle' }
}

function due<Result>(
  turn: ReputerTurn,
  prepare: () => Promise<Prepared<Result>>,
  stepOf: (result: Result) => ReputerStep,
): Due {
  const withStep = ({ data, resultOf }: Prepared<Result>): Prepared<ReputerStep> => ({
    data,
    resultOf: (receipt) => stepOf(resultOf(receipt)),
  })
  return { status: 'due', turn, prepare: () => prepare().then(withStep) }
}

/* COMMIT */

async function commitBatch(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  if (deps.desk.offersOf(turn).length === 0 || !isDue(deps, turn)) return { status: 'idle' }
  if (await deps.isCommitted(turn)) return { status: 'idle' }

  const commitments = deps.desk.closeList(turn)
  return due(
    turn,
    () => deps.prepare.commit(turn, commitments),
    () => ({ status: 'committed', count: commitments.length }),
  )
}

function isDue(deps: ReputerDeps, turn: ReputerTurn): boolean {
  return turn.time >= momentOf(deps, turn)
}

/* REVEAL */

async function revealBatch(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  const offers = deps.desk.offersOf(turn)
  const opened = offers.filter(({ opening }) => opening)
  const isComplete = turn.isSealing && opened.length === offers.length
  if (opened.length === 0 || !(isComplete || isDue(deps, turn))) return { status: 'idle' }

  const unrevealed = await deps.findUnrevealed(turn, opened)
  if (unrevealed.length === 0) return { status: 'idle' }
  return due(
    turn,
    () => deps.prepare.reveal(turn, unrevealed),
    (count) => ({ status: 'revealed', count }),
  )
}

/* PUBLISH, RESOLVE, SETTLE */

function publish(deps: ReputerDeps, turn: ReputerTurn): Due {
  return due(turn, () => deps.prepare.publish(turn), voidedOr)
}

async function bringTruth(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  const truth = await deps.bringTruth(turn)
  if (truth.status !== 'ready') return truth
  return due(turn, () => deps.prepare.resolveAndSettle(turn, truth.proof), voidedOr)
}

function settle(deps: ReputerDeps, turn: ReputerTurn): Due {
  return due(
    turn,
    () => deps.prepare.settle(turn),
    () => ({ status: 'settled' }),
  )
}

function voidRound(deps: ReputerDeps, turn: ReputerTurn): Due {
  return due(
    turn,
    () => deps.prepare.voidRound(turn),
    () => ({ status: 'voided' }),
  )
}

function voidedOr({ status }: { status: 'published' | 'settled' | 'void' }): ReputerStep {
  return { status: status === 'void' ? 'voided' : status }
}

/* TELL */

function tell({ log }: ReputerDeps, { topic, round, phase }: ReputerTurn, step: ReputerStep): void {
  const { status, ...fields } = step
  const line = { topic, round, phase, ...fields }
  if (status === 'failed') return log.error(line, 'round.failed')
  if (status === 'idle' || status === 'waiting') return log.debug(line, `round.${status}`)
  if (status === 'lost') return log.info(line, 'race.lost')
  log.info(line, `round.${status}`)
}
