import { mean as meanOf, median } from 'simple-statistics'
import type { PlayedRound } from '../play/playedRound.ts'

/** The forecasts that a round's aggregate is measured against. */
interface Benchmarks {
  readonly mean: number
  readonly median: number
  /** What the worker said that was best before this round: the one that could have been picked. */
  readonly bestSoFar: number
}

/** The plain mean, the plain median and the best worker so far, for each round. */
export function benchmarksOf({ rounds }: { rounds: readonly PlayedRound[] }): Benchmarks[] {
  const sums: number[] = []
  const counts: number[] = []

  return rounds.map(({ predictions, truth }) => {
    const said = predictions.filter((each) => each !== undefined)
    const mean = meanOf(said)
    const bestSoFar = bestOf({ predictions, sums, counts }) ?? mean

    for (const [i, prediction] of predictions.entries()) {
      if (prediction === undefined) continue
      sums[i] = (sums[i] ?? 0) + (prediction - truth) ** 2
      counts[i] = (counts[i] ?? 0) + 1
    }
    return { mean, median: median(said), bestSoFar }
  })
}

/** In round 0 nobody is the best yet. */
function bestOf(record: {
  predictions: readonly (number | undefined)[]
  sums: readonly number[]
  counts: readonly number[]
}): number | undefined {
  const { predictions, sums, counts } = record
  let least = Infinity
  let best: number | undefined
  for (const [i, prediction] of predictions.entries()) {
    const loss = (sums[i] ?? NaN) / (counts[i] ?? NaN)
    if (prediction === undefined || !(loss < least)) continue
    least = loss
    best = prediction
  }
  return best
}
