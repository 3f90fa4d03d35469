import { mean } from 'simple-statistics'
import { benchmarksOf } from './benchmarksOf.ts'
import type { JoinedWorker } from '../members/joinWorkers.ts'
import type { Gains } from '@auspex/sdk/maths'
import type { PlayedRound } from '../play/playedRound.ts'
import type { StagedTopic } from '../world/stage.ts'

/** A topic at its end. Losses are mean squared errors, money is in token base units. */
export interface Summary {
  readonly topic: StagedTopic
  readonly played: readonly PlayedRound[]
  readonly loss: { aggregate: number; mean: number; median: number; bestSoFar: number }
  /** Share of the promised intervals that held the truth; undefined where none was promised. */
  readonly coverage: number | undefined
  readonly workers: readonly WorkerSummary[]
  readonly pool: PoolSummary
}

/** What became of the money that the creator paid in, and for what. Rounding stays with the pool. */
interface PoolSummary {
  readonly start: bigint
  readonly end: bigint
  /** Paid for taking part. */
  readonly reward: bigint
  /** Paid in the game, to those who did better than the reference; below zero it won. */
  readonly game: bigint
  /** Paid to keepers. */
  readonly tips: bigint
}

export interface WorkerSummary extends JoinedWorker {
  readonly loss: number
  readonly stakeEnd: bigint
  /** All that settlements added to its stake. */
  readonly rewards: bigint
  /** All that settlements took: stake + rewards - slashed = stakeEnd. */
  readonly slashed: bigint
  /** The same by where it came from: taking part, the game against the pool, other workers. */
  readonly gains: Gains
  /** Where it sits at the end; undefined where it lost its seat. */
  readonly seat: number | undefined
}

/** Adds a topic's rounds up. */
export function summarise(options: {
  topic: StagedTopic
  played: readonly PlayedRound[]
  seats: readonly (number | undefined)[]
}): Summary {
  const { topic, played, seats } = options
  const benchmarks = benchmarksOf({ rounds: played })
  const promised = played.filter(({ interval }) => interval !== undefined)
  const held = promised.filter(
    ({ truth, interval }) => interval!.low <= truth && truth <= interval!.high,
  )

  return {
    topic,
    played,
    loss: {
      aggregate: meanSquared(played.map(({ aggregate, truth }) => aggregate - truth)),
      mean: meanSquared(played.map(({ truth }, i) => benchmarks[i]!.mean - truth)),
      median: meanSquared(played.map(({ truth }, i) => benchmarks[i]!.median - truth)),
      bestSoFar: meanSquared(played.map(({ truth }, i) => benchmarks[i]!.bestSoFar - truth)),
    },
    coverage: promised.length === 0 ? undefined : held.length / promised.length,
    workers: topic.workers.map((worker, i) => {
      const parts = played.map((round) => round.gains[i]!)
      const changes = parts.map(sumOf)
      const rewards = total(changes.filter((change) => change > 0n))
      const slashed = -total(changes.filter((change) => change < 0n))
      const stakeEnd = worker.stake + rewards - slashed
      const errors = played.flatMap(({ predictions, truth }) => {
        const said = predictions[i]
        return said === undefined ? [] : [said - truth]
      })
      const gains = addedUp(parts)
      const loss = meanSquared(errors)
      return { ...worker, loss, stakeEnd, rewards, slashed, gains, seat: seats[i] }
    }),
    pool: {
      start: topic.pool,
      end: topic.pool + total(played.map(({ poolChange }) => poolChange)),
      ...poolOf(addedUp(played.flatMap(({ gains }) => gains))),
      tips: total(played.map(({ tip }) => tip)),
    },
  }
}

function poolOf({ reward, pool }: Gains) {
  return { reward, game: pool }
}

/** What a stake gained in all; below zero it lost. */
export function sumOf({ reward, pool, peers }: Gains): bigint {
  return reward + pool + peers
}

function addedUp(parts: readonly Gains[]): Gains {
  return {
    reward: total(parts.map(({ reward }) => reward)),
    pool: total(parts.map(({ pool }) => pool)),
    peers: total(parts.map(({ peers }) => peers)),
  }
}

function meanSquared(errors: readonly number[]): number {
  return errors.length === 0 ? NaN : mean(errors.map((error) => error * error))
}

function total(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}
