import { benchmarksOf } from './benchmarksOf.ts'
import type { JoinedWorker } from '../members/joinWorkers.ts'
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
}

export interface WorkerSummary extends JoinedWorker {
  readonly loss: number
  readonly stakeEnd: bigint
  /** All that settlements added to its stake. */
  readonly rewards: bigint
  /** All that settlements took: stake + rewards - slashed = stakeEnd. */
  readonly slashed: bigint
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
  const promised = played.filter(({ half }) => half !== undefined)
  const held = promised.filter(({ aggregate, truth, half }) => Math.abs(aggregate - truth) <= half!)

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
      const changes = played.map((round) => round.changes[i]!)
      const rewards = total(changes.filter((change) => change > 0n))
      const slashed = -total(changes.filter((change) => change < 0n))
      const stakeEnd = worker.stake + rewards - slashed
      const errors = played.flatMap(({ predictions, truth }) => {
        const said = predictions[i]
        return said === undefined ? [] : [said - truth]
      })
      return { ...worker, loss: meanSquared(errors), stakeEnd, rewards, slashed, seat: seats[i] }
    }),
  }
}

function meanSquared(errors: readonly number[]): number {
  return errors.reduce((sum, error) => sum + error * error, 0) / errors.length
}

function total(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}
