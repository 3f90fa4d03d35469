import { formatEther } from 'viem'
import { geometricMean } from '../lib/statistics.ts'
import type { StretchTopic, StretchWorker } from './playStretch.ts'

/** What others may read. Ratios are loss of the aggregate over loss of the other; money is in tokens. */
export interface StretchesReport {
  readonly seed: number
  readonly topics: readonly TopicReport[]
}

export interface TopicReport {
  readonly name: string
  /** geometric means over the stretches */
  readonly againstMean: number
  readonly againstBest: number
  readonly stretches: readonly StretchReport[]
}

export interface StretchReport {
  readonly from: string
  readonly to: string
  readonly rounds: number
  readonly againstMean: number
  /** the worker that was best in hindsight */
  readonly againstBest: number
  readonly best: string
  /** stake of liar and lazy one at the end, as a share of what they began with */
  readonly liar: number
  readonly lazy: number
  /** most that a worker got for taking part, as a share of what the best won from the game and its peers */
  readonly takingPart: number
  /** what workers got from the pool, net, and what keepers got, tokens */
  readonly toWorkers: number
  readonly toKeepers: number
  /** the pool's change as a share of the wagers */
  readonly poolChange: number
}

/** The figures of all stretches, topic by topic. */
export function toReport({
  seed,
  played,
}: {
  seed: number
  played: readonly (readonly StretchTopic[])[]
}): StretchesReport {
  const names = played[0]?.map(({ name }) => name) ?? []

  return {
    seed,
    topics: names.map((name, i) => {
      const stretches = played.map((topics) => stretchOf(topics[i]!))
      return {
        name,
        againstMean: rounded(geometricMean(stretches.map(({ againstMean }) => againstMean))),
        againstBest: rounded(geometricMean(stretches.map(({ againstBest }) => againstBest))),
        stretches,
      }
    }),
  }
}

function stretchOf({ from, to, rounds, loss, pool, wagers, workers }: StretchTopic): StretchReport {
  const best = workers.find((worker) => worker.loss === loss.best)!
  const won = Math.max(...workers.map((worker) => tokens(worker.pool + worker.peers)))
  const reward = Math.max(...workers.map((worker) => tokens(worker.reward)))
  const toWorkers = workers.reduce((sum, worker) => sum + tokens(worker.pool + worker.reward), 0)

  return {
    from,
    to,
    rounds,
    againstMean: rounded(loss.aggregate / loss.mean),
    againstBest: rounded(loss.aggregate / loss.best),
    best: best.name,
    liar: rounded(shareLeft(workers, 'liar')),
    lazy: rounded(shareLeft(workers, 'lazy')),
    takingPart: rounded(reward / won),
    toWorkers: rounded(toWorkers),
    toKeepers: rounded(tokens(pool.tips)),
    poolChange: rounded(tokens(pool.end - pool.start) / tokens(wagers), 6),
  }
}

function shareLeft(workers: readonly StretchWorker[], kind: StretchWorker['kind']): number {
  const worker = workers.find((each) => each.kind === kind)
  return worker === undefined ? NaN : tokens(worker.stakeEnd) / tokens(worker.stakeStart)
}

function tokens(amount: bigint): number {
  return Number(formatEther(amount))
}

function rounded(value: number, digits = 4): number {
  return Number(value.toFixed(digits))
}
