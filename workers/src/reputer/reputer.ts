import { isFullyRevealed } from '@auspex/sdk'
import type { Prepared, RoundKey } from '@auspex/sdk'
import { deliver } from './deliver.ts'
import { hasCompany, isBeforeOthers, momentOf } from './hasCompany.ts'
import { lostOrFailed } from './lostOrFailed.ts'
import type { ReputerDeps } from './reputerDeps.ts'
import type { Act, Agenda, AgendaCall, Batch, ReputerStep, ReputerTurn } from './reputerTurn.ts'

type Call = AgendaCall

/** Three blocks of the slowest chains. */
const LAST_SECONDS = 36n

const ATTENDING = 'reports'

/** What a reputer owes a round now. */
type Due = { status: 'due'; turn: ReputerTurn; prepare: () => Promise<Call[]> }

/** The calls it pays by, and what will have come of the round then. */
type Ready = { status: 'ready'; calls: Call[] }

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
  for (const [i, turn] of turns.entries()) {
    const { topic, round } = turn
    const each = found[i]!
    const own = each.status === 'ready' ? each.calls.map(() => left.next().value!) : [each]
    for (const step of own) {
      tell(deps, turn, step)
      steps.push({ topic, round, ...step })
    }
  }
  for (const turn of turns) await deps.denounce(turn)
  for (const { act, ...key } of await attend(deps)) steps.push({ ...key, status: 'acted', act })
  await deps.claim()
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

function due(turn: ReputerTurn, prepare: () => Promise<Call[]>): Due {
  return { status: 'due', turn, prepare }
}

/** A call and what will have come of the round by it. */
function stepping<Result>(
  { data, resultOf }: Prepared<Result>,
  stepOf: (result: Result) => ReputerStep,
): Call {
  return { data, resultOf: (receipt) => stepOf(resultOf(receipt)) }
}

/* COMMIT */

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

/* REVEAL */

async function revealBatch(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  if (turn.isSealing && turn.status !== 'open') return { status: 'idle' }
  if (turn.isSealing && isFullyRevealed(turn)) return publishEarly(deps, turn)

  const offers = deps.offersOf(turn)
  const opened = offers.filter(({ opening }) => opening)
  const isComplete = turn.isSealing && opened.length === offers.length
  if (opened.length === 0 || !(isComplete || isDue(deps, turn))) return { status: 'idle' }

  const [first, ...others] = await deps.findUnrevealed(turn, opened)
  if (first === undefined) return { status: 'idle' }
  return due(turn, () => revealAll(deps, turn, [first, ...others]))
}

/** What ends the reveals puts the aggregate on the feed in the same transaction, and where it can in the same call. */
async function revealAll(
  deps: ReputerDeps,
  turn: ReputerTurn,
  batches: readonly [Batch, ...Batch[]],
): Promise<Call[]> {
  const closed = batches.reduce((bits, { seats }) => bits | seats, turn.closed)
  const isLast = turn.isSealing && isFullyRevealed({ ...turn, closed })
  if (isLast && turn.listing === 'sole') {
    return [stepping(await deps.prepare.revealAndPublish(turn, batches[0]), voidedOr)]
  }

  const reveals = await Promise.all(batches.map((batch) => deps.prepare.reveal(turn, batch)))
  const calls = reveals.map((reveal) =>
    stepping(reveal, (count) => ({ status: 'revealed', count })),
  )
  if (!isLast) return calls

  return [...calls, stepping(await deps.prepare.publish(turn, batches), voidedOr)]
}

/* PUBLISH, RESOLVE, SETTLE */

/** Others have revealed the last of it. */
function publishEarly(deps: ReputerDeps, turn: ReputerTurn): ReputerStep | Due {
  if (turn.time < deps.dueSince(turn) + deps.yieldFor(turn)) return { status: 'idle' }
  return publish(deps, turn)
}

function publish(deps: ReputerDeps, turn: ReputerTurn): Due {
  return due(turn, async () => [stepping(await deps.prepare.publish(turn), voidedOr)])
}

async function bringTruth(deps: ReputerDeps, turn: ReputerTurn): Promise<ReputerStep | Due> {
  const truth = await deps.bringTruth(turn)
  if (truth.status !== 'ready') return truth
  return due(turn, async () => [
    stepping(await deps.prepare.resolveAndSettle(turn, truth.proof), voidedOr),
  ])
}

function settle(deps: ReputerDeps, turn: ReputerTurn): Due {
  return due(turn, async () => [
    stepping(await deps.prepare.settle(turn), () => ({ status: 'settled' })),
  ])
}

function voidRound(deps: ReputerDeps, turn: ReputerTurn): Due {
  return due(turn, async () => [
    stepping(await deps.prepare.voidRound(turn), () => ({ status: 'voided' })),
  ])
}

function voidedOr({ status }: { status: 'published' | 'settled' | 'void' | 'done' }): ReputerStep {
  if (status === 'done') return { status: 'lost', reason: 'somebody else had done it before' }
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
