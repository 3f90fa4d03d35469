/* A topic's recorded past played again without a chain: with all that happened, and with guests who might have played too. */
import type { RecordedStep, TopicRecord } from '../words/record.ts'
import { weightsOf } from './aggregation.ts'
import type { Aggregate } from './learning.ts'
import type { WorkerPrediction } from './replay.ts'
import { min } from './float.ts'
import type { Gains } from './settlement.ts'
import { openTwinTopic } from './twinTopic.ts'
import type { OpenedRound, TwinRound, TwinTopic } from './twinTopic.ts'

/** A worker that did not take part, and what it would have predicted. */
export interface Guest {
  readonly name: string
  /** Token base units, at stake before the first round. */
  readonly stake: bigint
  /** By round; values 1e18 fixed point, confidence basis points. It sits out the rounds that are not there. */
  readonly predictions: ReadonlyMap<bigint, { value: bigint; confidence: bigint }>
}

/** A round of the replay, in the order of its predictions: the recorded ones as they were revealed, then the guests'. */
export interface ReplayedTurn {
  readonly round: bigint
  readonly predictions: readonly WorkerPrediction[]
  readonly aggregate: Aggregate
  /** Part of each in the published value, 1e18 fixed point. */
  readonly weights: readonly bigint[]
  readonly truth: bigint
  /** What each stake gained or lost, token base units. */
  readonly changes: readonly bigint[]
  readonly gains: readonly Gains[]
  readonly tip: bigint
  readonly poolChange: bigint
  /** Stakes after the round. */
  readonly stakes: readonly bigint[]
}

export interface ReplayedRecord {
  /** The settled rounds, in the order in which they were settled. */
  readonly turns: readonly ReplayedTurn[]
  /** The topic as it stands at the end. */
  readonly twin: TwinTopic
  /** Where the replay and the record say different things, in words; without guests there is nothing, or the record is torn. */
  readonly differences: readonly string[]
}

/** Settles a published round of a twin, and says what came of it; `round` is what the turn is called. */
export function settleTurn(
  twin: TwinTopic,
  turn: TwinRound,
  { round, truth }: Pick<ReplayedTurn, 'round' | 'truth'>,
): ReplayedTurn {
  const { predictions, aggregate, submissions, learning } = turn
  const before = twin.pool
  const settled = twin.settle(turn, truth)
  const stakes = predictions.map(({ worker }) => twin.stakeOf(worker))
  return {
    round,
    predictions,
    aggregate,
    weights: weightsOf(submissions, learning),
    truth,
    ...settled,
    poolChange: twin.pool - before,
    stakes,
  }
}

/**
 * Replays a record: stakes, wagers, aggregates, payouts and the pool follow by the twins of the contracts' maths. A round
 * is resolved and settled in one step here; where the chain published another round between the two, the replay says so
 * in `differences`.
 */
export function replayRecord({
  record: { terms, steps },
  guests = [],
}: {
  record: TopicRecord
  guests?: readonly Guest[]
}): ReplayedRecord {
  const twin = openTwinTopic({ terms, pool: 0n })
  const revealed = revealedIn(steps)
  const opened = new Map<bigint, OpenedRound>()
  const published = new Map<bigint, TwinRound>()
  const truths = new Map<bigint, bigint>()
  const turns: ReplayedTurn[] = []
  const differences: string[] = []
  for (const { name, stake } of guests) twin.deposit(name, stake)

  function commit(round: bigint, workers: readonly string[]): void {
    const before = opened.get(round)
    const own = new Set(workers.map(nameOf))
    const said = (revealed.get(round) ?? []).filter(({ worker }) => own.has(worker))
    const joining = before === undefined ? guestsIn(guests, round) : []
    const list = twin.commit(round, [...said, ...joining])
    const predictions = [...(before?.predictions ?? []), ...list.predictions]
    opened.set(round, { ...(before ?? list), predictions })
  }

  function publish({ round, outcome }: Extract<RecordedStep, { kind: 'published' }>): void {
    const taken = opened.get(round)
    if (taken === undefined) return void differences.push(`round ${round} has no commitments`)
    const order = (revealed.get(round) ?? []).map(({ worker }) => worker)
    const placeOf = ({ worker }: WorkerPrediction) =>
      order.includes(worker) ? order.indexOf(worker) : order.length
    const predictions = [...taken.predictions].sort((a, b) => placeOf(a) - placeOf(b))
    const isLimited = outcome.exposed < outcome.wagers
    const turn = twin.publish({ ...taken, predictions }, isLimited ? outcome.exposed : undefined)
    published.set(round, turn)
    compare(differences, `the aggregate of round ${round}`, turn.aggregate.value, outcome.value)
    compare(differences, `the wagers of round ${round}`, turn.pot.wagers, outcome.wagers)
  }

  function settle({ round, poolChange, tip }: Extract<RecordedStep, { kind: 'settled' }>): void {
    const turn = published.get(round)
    const truth = truths.get(round)
    if (turn === undefined || truth === undefined) return
    const settled = settleTurn(twin, turn, { round, truth })
    turns.push(settled)
    compare(differences, `the tip of round ${round}`, settled.tip, tip)
    compare(differences, `what round ${round} won the pool`, settled.poolChange, poolChange)
  }

  for (const step of steps) {
    switch (step.kind) {
      case 'funded':
        twin.fund(step.amount)
        break
      case 'staked':
        twin.deposit(nameOf(step.worker), step.amount)
        break
      case 'unstaked':
      case 'slashed':
        takeFrom(twin, step)
        break
      case 'rotated':
        twin.rotate(nameOf(step.from), nameOf(step.to))
        break
      case 'committed':
        commit(step.round, step.workers)
        break
      case 'published':
        publish(step)
        break
      case 'resolved':
        truths.set(step.round, step.truth)
        break
      case 'settled':
        settle(step)
        break
    }
  }
  return { turns, twin, differences }
}

/** What was on its way out pays for a slash last. */
function takeFrom(twin: TwinTopic, { worker, amount }: { worker: string; amount: bigint }): void {
  const name = nameOf(worker)
  twin.take(name, min(amount, twin.stakeOf(name)))
}

function guestsIn(guests: readonly Guest[], round: bigint) {
  return guests.flatMap(({ name, predictions }) => {
    const said = predictions.get(round)
    return said === undefined ? [] : [{ worker: name, ...said }]
  })
}

function revealedIn(steps: readonly RecordedStep[]) {
  const rounds = new Map<bigint, { worker: string; value: bigint; confidence: bigint }[]>()
  for (const step of steps) {
    if (step.kind !== 'revealed') continue
    const said = step.predictions.map(({ worker, value, confidence }) => ({
      worker: nameOf(worker),
      value,
      confidence,
    }))
    rounds.set(step.round, [...(rounds.get(step.round) ?? []), ...said])
  }
  return rounds
}

/** Addresses are written in several ways. */
function nameOf(worker: string): string {
  return worker.toLowerCase()
}

function compare(differences: string[], what: string, here: bigint, there: bigint): void {
  if (here !== there) differences.push(`${what} is ${here} here and ${there} in the record`)
}
