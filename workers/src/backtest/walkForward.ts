import { fromFixed18, toFixed18 } from '@auspex/sdk/maths'
import { sleep } from '../runtime/clock.ts'
import type { RecordedSource } from '../sources/dataSource.ts'
import type { Question } from '../sources/questions.ts'
import type { Moment, Predict } from '../worker/predictWith.ts'

/** A question put to a model in the past, and its answer as a live worker would have had it. */
export interface AskedRound {
  /** The topic's round, or the index of the bar that was asked for. */
  readonly round: bigint
  /** Unix seconds: nothing dated later was seen. */
  readonly openedAt: number
  /** What happened, 1e18 fixed point. */
  readonly truth: bigint
  /** The feed's last aggregate before the opening, where there is a topic. */
  readonly published: number | undefined
  /** What the model said, 1e18 fixed point; undefined where it abstained. */
  readonly value: bigint | undefined
  /** Basis points. */
  readonly confidence: bigint
  /** Digest of what the model saw. */
  readonly inputs: string | undefined
  /** Why it abstained. */
  readonly reason: string | undefined
}

/** A round that can be asked again: when it opened and what came true. */
export type PastRound = Pick<AskedRound, 'round' | 'openedAt' | 'truth' | 'published'>

/** How often a model that is at work is looked after, milliseconds. */
const LOOK_MS = 5

/**
 * Puts past rounds to a worker's own `predict`, one after the other in their order, each with what was known when it opened.
 * Nothing of a later round can be in an earlier answer: the model learns forward, and its data end at the opening.
 */
export async function walkForward(options: {
  predict: Predict
  rounds: readonly PastRound[]
  signal?: AbortSignal
  onRound?: (done: number) => void
}): Promise<AskedRound[]> {
  const { predict, rounds, signal, onRound } = options
  const asked: AskedRound[] = []
  for (const round of rounds) {
    signal?.throwIfAborted()
    const { openedAt: now, published } = round
    const predicted = await finallyOf(predict, { now, published })
    const isSaid = predicted.status === 'predicted'
    asked.push({
      ...round,
      value: isSaid ? predicted.prediction.value : undefined,
      confidence: isSaid ? predicted.prediction.confidence : 0n,
      inputs: isSaid ? predicted.inputs : undefined,
      reason: isSaid ? undefined : predicted.reason,
    })
    onRound?.(asked.length)
  }
  return asked
}

async function finallyOf(predict: Predict, moment: Moment) {
  for (;;) {
    const predicted = await predict(moment)
    if (predicted.status !== 'waiting') return predicted
    await sleep(LOOK_MS)
  }
}

/**
 * The last rounds that a series can answer: each opens when a bar is known, and asks for the bar `horizon` bars later. With a
 * longer horizon the targets of neighbouring rounds overlap, which the tests count with.
 */
export async function roundsOf(options: {
  source: RecordedSource
  question: Pick<Question, 'truth'>
  rounds: number
  horizon: number
  /** First moment at which a round may open, unix seconds. */
  from?: number | undefined
}): Promise<PastRound[]> {
  const { source, question, rounds, horizon, from = -Infinity } = options
  const { times } = source
  const whole = await source.read({ now: Infinity })
  const all: PastRound[] = []
  for (let index = horizon; index < times.length; index++) {
    const openedAt = times[index - horizon]!
    if (openedAt < from) continue
    const truth = toFixed18(question.truth(whole, index))
    all.push({ round: BigInt(index), openedAt, truth, published: undefined })
  }
  return from === -Infinity ? all.slice(-rounds) : all.slice(0, rounds)
}

/** What a round's numbers are as doubles; rounds without an answer are left out. */
export function answeredOf(asked: readonly AskedRound[]) {
  return asked.flatMap((each) =>
    each.value === undefined
      ? []
      : [{ ...each, said: fromFixed18(each.value), was: fromFixed18(each.truth) }],
  )
}
