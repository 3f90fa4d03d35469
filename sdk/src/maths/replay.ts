/**
 * A whole topic without a chain: rounds are published and settled as the network would, with its storage rounding.
 * Rounds may settle late and in any order; each keeps what its publication found.
 */
import { aggregate, hintsOf, winsorise } from './aggregation.ts'
import type { Aggregate, Expert, Learning, Submissions } from './learning.ts'
import { max } from './numbers.ts'
import { gradient, learn, learnExpert, regret, startingWidth, trust } from './scoring.ts'
import { storedExpert, storedLearning, storedTrust } from './storage.ts'

export interface TopicState {
  readonly intervalBps: bigint
  /** true: no storage rounding, as the rule's whole-number reference */
  readonly exact: boolean
  readonly learning: Learning
  readonly workers: ReadonlyMap<string, Expert>
}

export interface WorkerPrediction {
  readonly worker: string
  readonly value: bigint
  readonly wager: bigint
}

/** A published round: what its settlement needs, and nothing of the state it was published in. */
export interface PublishedRound {
  readonly predictions: readonly WorkerPrediction[]
  readonly submissions: Submissions
  readonly aggregate: Aggregate
}

const NEWCOMER: Expert = { regret: 0n, energy: 0n }

export function createTopicState({
  intervalBps = 9000n,
  exact = false,
}: { intervalBps?: bigint; exact?: boolean } = {}): TopicState {
  const learning: Learning = {
    peak: 0n,
    anchorError: 0n,
    feedError: 0n,
    bias: 0n,
    width: startingWidth(intervalBps),
    rounds: 0n,
    anchor: NEWCOMER,
    mean: NEWCOMER,
  }

  return {
    intervalBps,
    exact,
    learning: exact ? learning : storedLearning(learning),
    workers: new Map(),
  }
}

/** Commits, reveals and publishes a round in one go: peak and trusts are the topic's of this moment. */
export function publish(
  state: TopicState,
  predictions: readonly WorkerPrediction[],
): PublishedRound {
  const submissions = {
    values: predictions.map(({ value }) => value),
    wagers: predictions.map(({ wager }) => wager),
    trusts: predictions.map(({ worker }) => trustOf(state, worker)),
  }

  return {
    predictions,
    submissions,
    aggregate: aggregate(submissions, hintsOf(submissions), state.learning),
  }
}

/** Resolves and settles a round: the topic learns first, then every worker of the round. */
export function settle(state: TopicState, round: PublishedRound, truth: bigint): TopicState {
  const { inner, anchor, radius } = round.aggregate
  const slope = gradient(inner, truth, state.learning)
  const learnt = learn(state.learning, round.aggregate, truth, state.intervalBps)

  const workers = new Map(state.workers)
  let peak = learnt.peak
  for (const { worker, value } of round.predictions) {
    const latest = regret(slope, inner, winsorise(value, anchor, radius))
    const record = learnExpert(workers.get(worker) ?? NEWCOMER, latest)
    workers.set(worker, state.exact ? record : storedExpert(record))
    peak = max(peak, latest * latest)
  }

  const learning = { ...learnt, peak }
  return { ...state, workers, learning: state.exact ? learning : storedLearning(learning) }
}

function trustOf(state: TopicState, worker: string): bigint {
  const { regret: sum, energy } = state.workers.get(worker) ?? NEWCOMER
  const exact = trust(sum, energy, state.learning.peak)

  return state.exact ? exact : storedTrust(exact)
}
