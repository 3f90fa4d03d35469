import type { Hex } from 'viem'
import type { Phase, Prepared, RoundKey, RoundStatus } from '@auspex/sdk'
import type { Offer } from '../http/desk.ts'
import type { Log } from '../runtime/log.ts'
import { deliver } from './deliver.ts'
import { lostOrFailed } from './lostOrFailed.ts'
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

/** What a reputer owes a round now, and what will have come of the round by it. */
type Due = { status: 'due'; call: Prepared<ReputerStep> }

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
    offersOf: (turn: ReputerTurn) => Offer[]
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
  /** Collects keeper tips where they are worth a transaction. */
  claim: () => Promise<void>
  /** Share of a window after which a batch goes out, complete or not; basis points. */
  batchAfterBps: bigint
  /** Seconds this reputer leaves to others in a round before it acts in a race; zero where it is its turn. */
  yieldFor: (turn: ReputerTurn) => bigint
  log: Log
}

const BPS = 10_000n

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

  const calls = found.flatMap((each) => (each.status === 'due' ? each.call : []))
  return { calls, finish: (done) => finish(deps, turns, found, done) }
}

async function finish(
  deps: ReputerDeps,
  turns: readonly ReputerTurn[],
  found: readonly (ReputerStep | Due)[],
  done: readonly ReputerStep[],
): Promise<(RoundKey & ReputerStep)[]> {
  const left = done.values()
  const steps: (RoundKey & ReputerStep)[] = []
  for (const [i, turn] of turns.entries()) {
    const { topic, round } = turn
    const each = found[i]!
    const step = each.status === 'due' ? left.next().value! : each
    tell(deps, turn, step)
    steps.push({ topic, round, ...step })
  }
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
  { data, resultOf }: Prepared<Result>,
  stepOf: (result: Result) => ReputerStep,
): Due {
  return { status: 'due', call: { data, resultOf: (receipt) => stepOf(resultOf(receipt)) } }
}

/* COMMIT */

async function commitBatch(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  if (deps.desk.offersOf(turn).length === 0 || !isDue(deps, turn)) return { status: 'idle' }
  if (await deps.isCommitted(turn)) return { status: 'idle' }

  const commitments = deps.desk.closeList(turn)
  const call = await deps.prepare.commit(turn, commitments)
  return due(call, () => ({ status: 'committed', count: commitments.length }))
}

function isDue({ batchAfterBps }: ReputerDeps, { time, opensAt, closesAt }: ReputerTurn): boolean {
  return (time - opensAt) * BPS >= (closesAt - opensAt) * batchAfterBps
}

/* REVEAL */

async function revealBatch(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  const offers = deps.desk.offersOf(turn)
  const opened = offers.filter(({ opening }) => opening)
  const isComplete = turn.isSealing && opened.length === offers.length
  if (opened.length === 0 || !(isComplete || isDue(deps, turn))) return { status: 'idle' }

  const unrevealed = await deps.findUnrevealed(turn, opened)
  if (unrevealed.length === 0) return { status: 'idle' }
  const call = await deps.prepare.reveal(turn, unrevealed)
  return due(call, (count) => ({ status: 'revealed', count }))
}

/* PUBLISH, RESOLVE, SETTLE */

async function publish(deps: ReputerDeps, turn: ReputerTurn): Promise<Due> {
  const call = await deps.prepare.publish(turn)
  return due(call, ({ status }) => ({ status: status === 'void' ? 'voided' : status }))
}

async function bringTruth(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  const truth = await deps.bringTruth(turn)
  if (truth.status !== 'ready') return truth

  const call = await deps.prepare.resolveAndSettle(turn, truth.proof)
  return due(call, ({ status }) => ({ status: status === 'void' ? 'voided' : status }))
}

async function settle(deps: ReputerDeps, turn: ReputerTurn): Promise<Due> {
  return due(await deps.prepare.settle(turn), () => ({ status: 'settled' }))
}

async function voidRound(deps: ReputerDeps, turn: ReputerTurn): Promise<Due> {
  return due(await deps.prepare.voidRound(turn), () => ({ status: 'voided' }))
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
