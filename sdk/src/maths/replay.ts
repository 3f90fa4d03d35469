/**
 * A whole topic without a chain: rounds are published and settled as the network would, with its storage rounding.
 * Rounds may settle late and in any order; each keeps what its publication found.
 */
import { aggregate, hintsOf, rangeOf } from './aggregation.ts'
import type { Aggregate, Expert, Learning, Range, Submissions, WorkerRecord } from './learning.ts'
import { clamp, max, min, sum } from './float.ts'
import {
  COUNT_MAX,
  gradient,
  isSeasoned,
  learn,
  learnRecord,
  recordIn,
  regret,
  restarts,
  startingWidth,
  trust,
  usualMoney,
} from './scoring.ts'
import { ERA_MAX, storedLearning, storedMoney, storedRecord, storedTrust } from './storage.ts'

/** The widest range a topic can have. */
export const ALL_VALUES: Range = { low: -(2n ** 103n), high: 2n ** 103n - 1n }
const FULL_CONFIDENCE = 10_000n
const NEWCOMER: Expert = { regret: 0n, energy: 0n }

export interface TopicState {
  readonly intervalBps: bigint
  /** true: no storage rounding, as the rule's whole-number reference */
  readonly exact: boolean
  readonly era: bigint
  /** running mean of a resolved round's budgets; never restarts */
  readonly usual: bigint
  readonly learning: Learning
  readonly workers: ReadonlyMap<string, WorkerRecord>
}

/** What a worker's record was worth when it spoke. */
export interface Spoken {
  readonly trust: bigint
  readonly seasoned: boolean
  readonly era: bigint
}

export interface WorkerPrediction {
  readonly worker: string
  readonly value: bigint
  /** stake x risk x confidence */
  readonly wager: bigint
  /** basis points; full where absent */
  readonly confidence?: bigint
  /** stake x risk; the wager where absent */
  readonly budget?: bigint
  /** what `speak` gave when the worker spoke; taken at publication where absent */
  readonly spoken?: Spoken
}

/** What a round is published in besides its topic. */
export interface RoundFrame {
  /** the topic's range; as wide as can be where absent */
  readonly bounds?: Range
  /** the range that losses are measured in, frozen as the round opened; the topic's where absent */
  readonly domain?: Range
  /** the topic's peak when the round opened; that of the publication where absent */
  readonly peak?: bigint
}

/** A published round: what its settlement needs, and what its weights follow from. */
export interface PublishedRound {
  readonly era: bigint
  readonly predictions: readonly WorkerPrediction[]
  readonly submissions: Submissions
  /** what the topic had learnt when it was published; weights follow from it */
  readonly learning: Learning
  readonly aggregate: Aggregate
}

export function createTopicState({
  intervalBps = 9000n,
  exact = false,
}: { intervalBps?: bigint; exact?: boolean } = {}): TopicState {
  const learning = startingLearning(intervalBps)

  return {
    intervalBps,
    exact,
    era: 0n,
    usual: 0n,
    learning: exact ? learning : storedLearning(learning),
    workers: new Map(),
  }
}

function startingLearning(intervalBps: bigint): Learning {
  const width = startingWidth(intervalBps)

  return {
    peak: 0n,
    anchorError: 0n,
    feedError: 0n,
    bias: 0n,
    widthBelow: width,
    widthAbove: width,
    rounds: 0n,
    anchor: NEWCOMER,
    mean: NEWCOMER,
  }
}

/** What is taken down as a worker speaks. */
export function speak(state: TopicState, worker: string): Spoken {
  const record = recordIn(state.era, state.workers.get(worker))
  const exact = trust(record.regret, record.energy, state.learning.peak)

  return {
    trust: state.exact ? exact : storedTrust(exact),
    seasoned: isSeasoned(record.count, min(state.learning.rounds, COUNT_MAX)),
    era: state.era,
  }
}

/** Publishes a round: a new era begins where the money of the round is not known, then the rule combines. */
export function publish(
  state: TopicState,
  predictions: readonly WorkerPrediction[],
  { bounds = ALL_VALUES, domain = bounds, peak = state.learning.peak }: RoundFrame = {},
): { state: TopicState; round: PublishedRound } {
  const spoken = predictions.map((each) => each.spoken ?? speak(state, each.worker))
  const next = reopened(state, predictions, spoken)
  const submissions = {
    values: predictions.map(({ value }) => value),
    wagers: predictions.map(({ wager }) => wager),
    trusts: spoken.map(({ trust, era }) => (era === next.era ? trust : 0n)),
  }
  const learning = next.era === state.era ? { ...next.learning, peak } : next.learning
  const range = rangeOf(bounds, domain, predictions.length, learning)

  return {
    state: next,
    round: {
      era: next.era,
      predictions,
      submissions,
      learning,
      aggregate: aggregate(submissions, hintsOf(submissions, range), learning, range),
    },
  }
}

/** The topic as a round's money finds it: in a new era where too little of it is seasoned. The last era stays. */
function reopened(
  state: TopicState,
  predictions: readonly WorkerPrediction[],
  spoken: readonly Spoken[],
): TopicState {
  const { settled, seasoned, budgets, usual } = seasonOf(state, predictions, spoken)
  const isNew = restarts(settled, seasoned, budgets, usual) && state.era < ERA_MAX

  return isNew ? restarted(state) : state
}

/** What the restart of a topic is decided by. */
export function seasonOf(
  state: TopicState,
  predictions: readonly WorkerPrediction[],
  spoken: readonly Spoken[] = predictions.map((each) => each.spoken ?? speak(state, each.worker)),
): { settled: bigint; seasoned: bigint; budgets: bigint; usual: bigint } {
  const budgets = predictions.map(budgetOf)
  const isKnown = ({ seasoned, era }: Spoken) => seasoned && era === state.era

  return {
    settled: min(state.learning.rounds, COUNT_MAX),
    seasoned: sum(budgets.filter((_, i) => isKnown(spoken[i]!))),
    budgets: sum(budgets),
    usual: state.usual,
  }
}

function budgetOf({ wager, budget = wager }: WorkerPrediction): bigint {
  return budget
}

/** A new era: the topic's numbers, house records and widths start anew; records of workers read as nothing. */
export function restarted(state: TopicState): TopicState {
  const learning = startingLearning(state.intervalBps)

  return {
    ...state,
    era: state.era + 1n,
    learning: state.exact ? learning : storedLearning(learning),
  }
}

/**
 * Resolves and settles a round: the topic learns first, then every worker of the round. A round of an older era teaches
 * nothing but what money is usual.
 */
export function settle(before: TopicState, round: PublishedRound, truth: bigint): TopicState {
  const usual = usualMoney(before.usual, sum(round.predictions.map(budgetOf)))
  const state = { ...before, usual: before.exact ? usual : storedMoney(usual) }
  if (round.era !== state.era) return state

  const { inner, low, high } = round.aggregate
  const slope = gradient(inner, truth, state.learning)
  const learnt = learn(state.learning, round.aggregate, truth, state.intervalBps)

  const workers = new Map(state.workers)
  let peak = learnt.peak
  for (const { worker, value, confidence = FULL_CONFIDENCE } of round.predictions) {
    const latest = regret(slope, inner, clamp(value, low, high), confidence)
    const record = learnRecord(recordIn(state.era, workers.get(worker)), latest)
    workers.set(worker, state.exact ? record : storedRecord(record))
    peak = max(peak, latest * latest)
  }

  const learning = { ...learnt, peak }
  return { ...state, workers, learning: state.exact ? learning : storedLearning(learning) }
}
