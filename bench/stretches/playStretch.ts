import { zeroAddress } from 'viem'
import { learnPast } from '../../scripts/demo/members/learnPast.ts'
import type { Learner } from '../../scripts/demo/members/learnPast.ts'
import { openCalendar } from '../../scripts/demo/world/openCalendar.ts'
import type { Calendar } from '../../scripts/demo/world/openCalendar.ts'
import { POOL } from '../../scripts/demo/world/openTopics.ts'
import { DAY, HORIZON } from '../../scripts/demo/world/schedule.ts'
import { termsOf } from '../../scripts/demo/world/termsOf.ts'
import { STAKE } from '../../scripts/demo/members/joinWorkers.ts'
import { forecast, fromFixed18, toFixed18 } from '@auspex/workers/models'
import type { Question, Tensors } from '@auspex/workers/models'
import { mean } from '../lib/statistics.ts'
import { openTwinTopic } from '@auspex/sdk/maths'
import type { SettledRound, TwinRound } from '@auspex/sdk/maths'

/** What a worker of a stretch lost and won. Money in token base units. */
export interface StretchWorker {
  readonly name: string
  readonly kind: Learner['kind']
  /** mean squared error */
  readonly loss: number
  readonly stakeStart: bigint
  readonly stakeEnd: bigint
  /** from the pool, for taking part */
  readonly reward: bigint
  /** from the pool, by the game */
  readonly pool: bigint
  readonly peers: bigint
}

/** One question of the demo over a stretch of days. */
export interface StretchTopic {
  readonly name: Question['name']
  readonly from: string
  readonly to: string
  readonly rounds: number
  readonly loss: { aggregate: number; mean: number; best: number }
  readonly pool: { start: bigint; end: bigint; tips: bigint }
  readonly wagers: bigint
  readonly workers: readonly StretchWorker[]
}

export interface Stretch {
  /** first day, as YYYY-MM-DD; the last `rounds` days of the series where absent */
  readonly from: string | undefined
  readonly rounds: number
}

/** A day as the twin played it. */
interface Day {
  readonly said: readonly bigint[]
  readonly truth: bigint
  readonly round: TwinRound
  readonly settled: SettledRound
}

/**
 * The demo without its chain: the same models predict the same days, and the twins of the contracts combine, settle and pay.
 * What is left out moves no figure: sealing, reputers, and a liar among three of them, whom the median passes over.
 */
export async function playStretch(options: {
  stretch: Stretch
  questions: readonly Question[]
  tensors: Tensors
  seed: number
}): Promise<StretchTopic[]> {
  const { stretch, questions, tensors, seed } = options
  const opened = await openCalendar(stretch)
  if (opened.status === 'refused') throw new Error(opened.why)

  const topics: StretchTopic[] = []
  for (const question of questions) {
    const { calendar } = opened
    const learners = await learnPast({ question, calendar, tensors, seed })
    topics.push(await playTopic({ question, calendar, learners }))
  }
  return topics
}

async function playTopic(options: {
  question: Question
  calendar: Calendar
  learners: readonly Learner[]
}): Promise<StretchTopic> {
  const { question, calendar, learners } = options
  const terms = await termsOf({ question, calendar, truth: zeroAddress })
  const topic = openTwinTopic({ terms, pool: POOL })
  for (const { name } of learners) topic.deposit(name, STAKE)

  const days: Day[] = []
  for (let number = 0; number < calendar.rounds; number++) {
    const published = days.at(-1)?.round.aggregate.value
    const said = await predictionsOf({ calendar, learners, number, published })
    const opened = topic.commit(
      BigInt(number),
      learners.map(({ name, confidence }, i) => ({
        worker: name,
        value: said[i]!,
        confidence: BigInt(Math.round(confidence * 10_000)),
      })),
    )
    const round = topic.publish(opened)
    const truth = await truthOf({ question, calendar, number })
    days.push({ said, truth, round, settled: topic.settle(round, truth) })
  }

  const workers = learners.map((learner, i) =>
    workerOf({ learner, i, days, stake: topic.stakeOf(learner.name) }),
  )
  const errorOf = (value: (day: Day) => number) =>
    meanSquared(days.map((day) => value(day) - fromFixed18(day.truth)))
  return {
    name: question.name,
    from: calendar.dateOf(0),
    to: calendar.dateOf(calendar.rounds - 1),
    rounds: calendar.rounds,
    loss: {
      aggregate: errorOf(({ round }) => fromFixed18(round.aggregate.value)),
      mean: errorOf(({ said }) => said.reduce((sum, x) => sum + fromFixed18(x), 0) / said.length),
      best: Math.min(...workers.map(({ loss }) => loss)),
    },
    pool: {
      start: POOL,
      end: topic.pool,
      tips: days.reduce((sum, { settled }) => sum + settled.tip, 0n),
    },
    wagers: days.reduce((sum, { round }) => sum + round.pot.wagers, 0n),
    workers,
  }
}

/** What everybody says as a round opens, knowing nothing of later days. */
async function predictionsOf(options: {
  calendar: Calendar
  learners: readonly Learner[]
  number: number
  published: bigint | undefined
}): Promise<bigint[]> {
  const { calendar, learners, number, published } = options
  const history = await calendar.source.read({
    now: Number(calendar.start) + number * DAY,
    published: published === undefined ? undefined : fromFixed18(published),
  })
  const said: bigint[] = []
  for (const { forecaster } of learners) said.push(await forecast({ forecaster, history }))
  return said
}

async function truthOf(options: {
  question: Question
  calendar: Calendar
  number: number
}): Promise<bigint> {
  const { question, calendar, number } = options
  const now = Number(calendar.start) + number * DAY + HORIZON
  const history = await calendar.source.read({ now, published: undefined })
  return toFixed18(question.truth(history, history.length - 1))
}

function workerOf(options: {
  learner: Learner
  i: number
  days: readonly Day[]
  stake: bigint
}): StretchWorker {
  const { learner, i, days, stake } = options
  const gains = days.flatMap(({ round, settled }) => {
    const at = round.predictions.findIndex(({ worker }) => worker === learner.name)
    return at < 0 ? [] : [settled.gains[at]!]
  })
  const total = (part: 'reward' | 'pool' | 'peers') =>
    gains.reduce((sum, each) => sum + each[part], 0n)

  return {
    name: learner.name,
    kind: learner.kind,
    loss: meanSquared(days.map(({ said, truth }) => fromFixed18(said[i]!) - fromFixed18(truth))),
    stakeStart: STAKE,
    stakeEnd: stake,
    reward: total('reward'),
    pool: total('pool'),
    peers: total('peers'),
  }
}

function meanSquared(errors: readonly number[]): number {
  return mean(errors.map((error) => error * error))
}
