import type { Address } from 'viem'
import { accountOf, isFullyRevealed } from '@auspex/sdk'
import type { AuspexClient, RoundKey, TopicId } from '@auspex/sdk'
import type { Desk } from '../http/desk.ts'
import { silent } from '../runtime/log.ts'
import type { Log } from '../runtime/log.ts'
import { collect } from './collector.ts'
import { slash } from './slash.ts'
import { keep } from './keeper.ts'
import { createPacker, deliver, lostOrFailed, momentOf, postOf } from './packer.ts'
import { trades as all } from './reputerTurn.ts'
import type {
  Act,
  Agenda,
  AgendaCall,
  Due,
  ReputerDeps,
  ReputerStep,
  ReputerTurn,
  Trade,
  TruthAdapter,
} from './reputerTurn.ts'
import type { PublishedRound } from './recordForecasts.ts'
import { createRoundBook } from './roundBook.ts'

const ATTENDING = 'reports'

export type ReputerOptions = {
  /** The reputer's own: its account sends, and collects what that is paid with. */
  client: AuspexClient
  topic: TopicId
  /** What it does; all where it is left out. */
  trades?: readonly Trade[]
  /** Where its collector takes offers. */
  desk: Desk
  truth: TruthAdapter
  /** Share of a window after which a batch goes out, complete or not; basis points. */
  batchAfterBps?: bigint
  /** Seconds that what is due may wait for a batch of the same topic, so that both leave as one transaction. */
  patience?: bigint
  /** Rounds that are settled in one transaction, where the time for truths and the ring allow it; 1 waits for none. */
  settleEvery?: number
  /** Several reputers take turns: it waits so many seconds for each place that it is behind. */
  shift?: { place: bigint; of: bigint; seconds: bigint }
  /** Collects tips; asked for when rounds have become final. Never where it is left out. */
  claim?: () => Promise<void>
  /** Records what is published (see recordForecasts); nothing waits for it. Never where it is left out. */
  record?: (published: PublishedRound) => Promise<void>
  /**
   * The least bounty, token base units, for which a worker is slashed that never opened its commitment; never where it is
   * left out. Workers whose opening came to this reputer's own desk are spared.
   */
  slashFrom?: bigint
  log?: Log
}

export type Reputer = {
  address: Address
  topic: TopicId
  /** Finds out what is left to do, for whoever sends it together with what is due in other topics. */
  look: () => Promise<Agenda>
  /** Does what is left to do. One call at a time. */
  tick: () => Promise<(RoundKey & ReputerStep)[]>
}

/** A reputer of one topic: the same wiring for the command line, the demo and tests. */
export function createReputer(options: ReputerOptions): Reputer {
  const { client, topic, desk, truth, shift, claim, record, slashFrom, log = silent } = options
  const { batchAfterBps = 5000n, patience = 0n, settleEvery = 1 } = options
  let isClaimDue = true
  const book = createRoundBook({ client, topic, onFinal, log })

  /** Offers of rounds whose place in the ring has gone to another serve nobody any longer. */
  function onFinal(round: bigint, { ringSize }: { ringSize: bigint }): void {
    isClaimDue = true
    if (round > ringSize) desk.forget({ topic, round: round - ringSize })
  }

  async function claimWhereDue(): Promise<void> {
    if (!isClaimDue) return
    isClaimDue = false
    await claim?.()
  }

  /** A worker whose opening came to this desk and missed the window is this reputer's fault, and is left alone. */
  async function slashOnce(turn: ReputerTurn): Promise<void> {
    const { round, closed, status, phase, isSealing } = turn
    const memory = book.recall(turn)
    const isOver = phase === 'live' || phase === 'due'
    const isAwaited = isSealing && isOver && (status === 'open' || status === 'published')
    if (slashFrom === undefined || !memory || memory.isSlashed || !isAwaited) return

    memory.isSlashed = true
    const spared = desk.offersOf(turn).flatMap(({ worker, opening }) => (opening ? worker : []))
    const { riskBps } = book.terms()
    await slash(client, { topic, round, closed, riskBps, from: slashFrom, spared, log })
  }

  const deps: ReputerDeps = {
    trades: new Set(options.trades ?? all),
    readTurns: book.readTurns,
    offersOf: (key) => desk.offersOf(key),
    ...createPacker({ client, topic, desk, book }),
    post: postOf(client, log),
    attend: async () => (await truth.attend?.()) ?? [],
    bringTruth: (turn) => truth.bring(turn),
    claim: claimWhereDue,
    record: (published) => void record?.(published),
    slash: (turn) =>
      slashOnce(turn).catch((error: Error) => {
        log.warn({ topic, round: turn.round, reason: error.message }, 'workers.unchecked')
      }),
    batchAfterBps,
    patience,
    settleEvery,
    ringSize: () => book.terms().ringSize,
    underWay: new Set(),
    dueSince: book.dueSince,
    yieldFor: ({ round }) => {
      if (shift === undefined) return 0n
      const behind = (shift.place - (round % shift.of) + shift.of) % shift.of
      return behind * shift.seconds
    },
    log,
  }
  return { address: accountOf(client), topic, look: () => look(deps), tick: () => tick(deps) }
}

/* WHAT IS LEFT TO DO, by what the chain says */

/** The calls it pays by, and what will have come of the round then. */
type Ready = { status: 'ready'; calls: AgendaCall[] }

/** Does what is left to do for a topic, by what the chain says. May be called at any time, any number of times. */
export async function tick(deps: ReputerDeps): Promise<(RoundKey & ReputerStep)[]> {
  const { calls, finish } = await look(deps)
  const [done] = await deliver(deps.post, [calls])
  return finish(done!)
}

/** Finds out what is left to do for a topic. */
export async function look(deps: ReputerDeps): Promise<Agenda> {
  const { trades } = deps
  const isOnChain = trades.has('collector') || trades.has('keeper')
  const turns = isOnChain ? await deps.readTurns() : []
  const found: (ReputerStep | Due)[] = []
  for (const turn of turns) {
    const isUnderWay = deps.underWay.has(laneOf(turn))
    found.push(isUnderWay ? underWay : await takeTurn(deps, turn).catch(lostOrFailed))
  }

  const due = found.flatMap((each) => (each.status === 'due' ? each.turn : []))
  const isEarly = hasCompany(deps, { turns, due }) || isBeforeOthers(deps, { turns, due })
  const ready: (ReputerStep | Ready)[] = []
  for (const each of found) ready.push(each.status === 'due' ? await pay(each, isEarly) : each)

  const calls = ready.flatMap((each) => (each.status === 'ready' ? each.calls : []))
  const lanes = turns.filter((_, i) => ready[i]!.status === 'ready').map(laneOf)
  return {
    calls,
    hold: () => {
      for (const lane of lanes) deps.underWay.add(lane)
    },
    finish: (done) => {
      for (const lane of lanes) deps.underWay.delete(lane)
      return finish(deps, turns, ready, done)
    },
  }
}

const underWay: ReputerStep = { status: 'waiting', reason: 'what was sent is not mined yet' }

/** What is sent for a round in a phase holds up nothing else: other rounds go on while it waits for its block. */
function laneOf({ round, phase }: ReputerTurn): string {
  return `${round} ${phase}`
}

async function pay({ prepare }: Due, isEarly: boolean): Promise<ReputerStep | Ready> {
  if (isEarly) return { status: 'waiting', reason: 'more is due soon' }
  return prepare().then((calls) => ({ status: 'ready', calls }), lostOrFailed)
}

async function finish(
  deps: ReputerDeps,
  turns: readonly ReputerTurn[],
  found: readonly (ReputerStep | Ready)[],
  done: readonly ReputerStep[],
): Promise<(RoundKey & ReputerStep)[]> {
  const left = done.values()
  const steps: (RoundKey & ReputerStep)[] = []
  let newest: PublishedRound | undefined
  for (const [i, turn] of turns.entries()) {
    const { topic, round } = turn
    const each = found[i]!
    const own = each.status === 'ready' ? each.calls.map(() => left.next().value!) : [each]
    for (const step of own) {
      tell(deps, turn, step)
      steps.push({ topic, round, ...step })
    }
    const isOwn = own.some(({ status }) => status === 'published')
    const isPublished = isOwn || (turn.status === 'published' && turn.phase !== 'expired')
    if (isPublished) newest = { round, time: turn.time, isOwn }
  }
  if (newest && deps.trades.has('keeper')) deps.record(newest)
  if (deps.trades.has('keeper')) for (const turn of turns) await deps.slash(turn)
  if (deps.trades.has('reporter')) {
    for (const { act, ...key } of await attend(deps)) steps.push({ ...key, status: 'acted', act })
  }
  if (deps.trades.has('keeper')) await deps.claim()
  return steps
}

/** One at a time, also where a tick did not wait for the one before. */
async function attend({
  attend,
  underWay,
  log,
}: ReputerDeps): Promise<(RoundKey & { act: Act })[]> {
  if (underWay.has(ATTENDING)) return []
  underWay.add(ATTENDING)
  const acts = await attend()
    .catch((error: unknown) => {
      log.error({ reason: (error as Error).message }, 'report.failed')
      return []
    })
    .finally(() => underWay.delete(ATTENDING))
  for (const { act, ...key } of acts) log.info(key, act)
  return acts
}

/** Whose turn it is: until everything is revealed the collector's, then the keeper's. */
async function takeTurn(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  const { trades } = deps
  const isRevealed = turn.isSealing && isFullyRevealed(turn)
  const isCollecting = turn.phase === 'commit' || (turn.phase === 'reveal' && !isRevealed)
  if (isCollecting) return trades.has('collector') ? collect(deps, turn) : { status: 'idle' }
  return trades.has('keeper') ? keep(deps, turn) : { status: 'idle' }
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

/* WAIT: what may leave later, with something else that is due soon */

type Looked = { turns: readonly ReputerTurn[]; due: readonly ReputerTurn[] }

/** Whether all that is due in a topic may leave later, in one transaction with something of another of its rounds. */
function hasCompany(deps: ReputerDeps, looked: Looked): boolean {
  if (looked.due.length === 0) return false
  return isBeforeList(deps, looked) || isBeforeBatch(deps, looked)
}

/**
 * A settlement rides with the list of a younger round that this reputer is about to commit, or to reveal where nothing is
 * sealed, where that goes out before half of the time for truths is over. Nothing that consumers read waits for it.
 */
function isBeforeList(deps: ReputerDeps, { turns, due }: Looked): boolean {
  if (!due.every(isSettlement)) return false
  const latest = due.flatMap(({ phase, opensAt, closesAt }) =>
    phase === 'due' ? [opensAt + (closesAt - opensAt) / 2n] : [],
  )
  return turns.some(
    (turn) =>
      isListed(turn) &&
      deps.offersOf(turn).length > 0 &&
      isInTime(turn.time, momentOf(deps, turn), latest),
  )
}

/** Whether predictions are taken in now. */
function isListed({ phase, isSealing }: ReputerTurn): boolean {
  return phase === (isSealing ? 'commit' : 'reveal')
}

function isSettlement({ phase }: ReputerTurn): boolean {
  return phase === 'due' || phase === 'expired'
}

/**
 * Settlements wait for each other, until `settleEvery` rounds can leave in one transaction: their slots are warm in it. None
 * waits longer than half of the time for truths, nor until its place in the ring is wanted.
 */
export function isBeforeOthers(deps: ReputerDeps, { turns, due }: Looked): boolean {
  const { settleEvery, ringSize } = deps
  if (due.length === 0 || due.length >= settleEvery || !due.every(isSettlement)) return false

  const newest = turns.reduce((last, { round }) => (round > last ? round : last), 0n)
  return due.every(({ phase, round, time, opensAt, closesAt }) => {
    const isInHalf = phase === 'due' && time < opensAt + (closesAt - opensAt) / 2n
    return isInHalf && newest - round + 2n < ringSize()
  })
}

/**
 * Anything waits for a batch that is to be expected, no longer than the reputer's patience lasts, and no later in its own
 * window than a batch would leave in it.
 */
function isBeforeBatch(deps: ReputerDeps, { turns, due }: Looked): boolean {
  if (deps.patience === 0n) return false
  const latest = due.map((turn) => min(momentOf(deps, turn), deps.dueSince(turn) + deps.patience))
  return turns.some(
    (turn) => isInTime(turn.time, momentOf(deps, turn), latest) && isBatchExpected(deps, turn),
  )
}

function isInTime(time: bigint, moment: bigint, latest: readonly bigint[]): boolean {
  return time < moment && latest.every((end) => moment <= end)
}

/** Before the first offer comes, those of the round before say whether any will. */
function isBatchExpected({ offersOf }: ReputerDeps, turn: ReputerTurn): boolean {
  const { topic, round, phase, status, isSealing, count } = turn
  if (phase !== 'commit' && phase !== 'reveal') return false
  const offers = offersOf(turn).length
  if (phase === 'reveal' && isSealing) return status === 'open' && BigInt(offers) > count

  const before = offersOf({ topic, round: round - 1n }).length
  return BigInt(Math.max(offers, before)) > count
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
