import { at } from '../../lib/checks.ts'
import { ratesOf, reputerCost } from '../measure/costs.ts'
import type { SeatsResult } from '../measure/measureSeats.ts'
import { heapPerTopic } from '../measure/measureTopics.ts'
import type { TopicsResult } from '../measure/measureTopics.ts'
import type { RoundCost } from '../play/RoundCost.ts'
import type { Spent } from '../play/Spent.ts'
import type { Options } from '../readOptions.ts'

/** All that was measured, and on what. */
export type Report = {
  options: Options
  machine: { cores: number; node: string }
  seconds: number
  seats: SeatsResult
  topics: TopicsResult
  /** Cost is linear in workers, a topic costs no more among many, and the reputer caught up. */
  holds: boolean
}

export type ScaleReport = ReturnType<typeof toJson>

/** The report as plain data. Times are milliseconds, sizes bytes. */
export function toJson({ options, machine, seconds, seats, topics, holds }: Report) {
  const { sizes, growth, catchUp } = topics
  const largest = at(sizes, sizes.length - 1)
  const widest = at(seats.sizes, seats.sizes.length - 1)

  return {
    holds,
    measured: { ...options, machine, seconds },
    workers: {
      sizes: seats.sizes.map(({ seats, cost }) => ({ seats, ...costOf(cost) })),
      ...seats.linearity,
    },
    topics: {
      sizes: sizes.map(({ topics, rounds, weights, desk, journal }) => {
        const last = at(rounds, rounds.length - 1)
        return {
          topics,
          ...costOf(last),
          perTopicRound: scaled(reputerCost(last), topics),
          idlePerTopic: {
            commit: scaled(last.idle.commit, topics),
            live: scaled(last.idle.live, topics),
          },
          heap: at(weights, weights.length - 1).heap,
          resident: at(weights, weights.length - 1).resident,
          desk,
          journal,
        }
      }),
      ...growth,
    },
    whole: {
      topics: options.topics,
      seats: options.seats,
      rounds: options.rounds,
      ...ratesOf({ rounds: largest.rounds, topics: options.topics }),
      memory: largest.weights,
      heapPerTopic: heapPerTopic(sizes),
      desk: sizesOf({ bytes: largest.desk, ...options }),
      journal: sizesOf({ bytes: largest.journal, ...options }),
    },
    widest: {
      seats: widest.seats,
      rounds: widest.rounds.length,
      ...ratesOf({ rounds: widest.rounds, topics: 1 }),
    },
    catchUp,
  }
}

function costOf(cost: RoundCost) {
  const { seal, handIn, phases, idle } = cost
  return { seal, handIn, ...phases, idle, reputer: reputerCost(cost) }
}

function scaled({ ms, calls, transactions, gas }: Spent, by: number): Spent {
  return { ms: ms / by, calls: calls / by, transactions: transactions / by, gas: gas / by }
}

function sizesOf({
  bytes,
  topics,
  seats,
  rounds,
}: Record<'bytes' | 'topics' | 'seats' | 'rounds', number>) {
  const perRound = bytes / rounds
  const perTopicRound = perRound / topics
  return { bytes, perRound, perTopicRound, perPrediction: perTopicRound / seats }
}
