/* Who says the same as whom: how workers' departures from the aggregate move together. */

/** A prediction beside the aggregate of its round, both in the topic's unit. */
export interface Departure {
  readonly worker: string
  readonly round: bigint
  readonly residual: number
}

/** How two workers' departures move together: 1 is a copy, -1 its mirror. */
export interface Correlation {
  readonly value: number
  /** 95 % interval by Fisher's transformation; rounds are taken to be independent of each other. */
  readonly low: number
  readonly high: number
  /** Rounds in which both spoke. */
  readonly rounds: number
}

/** Rounds that two workers must have in common. */
export const FEWEST_IN_COMMON = 8
/** Two-sided 95 % of the normal distribution. */
const QUANTILE = 1.96

/**
 * Workers with the most predictions, and Pearson's correlation of each pair; null where a pair has too few rounds in common, or
 * one of the two never departs. A correlation shows that two say the same. It does not show who copies, or that anyone does.
 */
export function correlationsOf(
  departures: readonly Departure[],
  { most = Infinity }: { most?: number } = {},
): { workers: string[]; matrix: (Correlation | null)[][] } {
  const byWorker = new Map<string, Map<bigint, number>>()
  for (const { worker, round, residual } of departures) {
    const own = byWorker.get(worker) ?? new Map<bigint, number>()
    byWorker.set(worker, own.set(round, residual))
  }
  const workers = [...byWorker]
    .filter(([, own]) => own.size >= FEWEST_IN_COMMON)
    .sort((a, b) => b[1].size - a[1].size)
    .slice(0, most)
    .map(([worker]) => worker)
  const matrix = workers.map((one) =>
    workers.map((other) => correlate(byWorker.get(one)!, byWorker.get(other)!)),
  )
  return { workers, matrix }
}

function correlate(
  one: ReadonlyMap<bigint, number>,
  other: ReadonlyMap<bigint, number>,
): Correlation | null {
  const common = [...one.keys()].filter((round) => other.has(round))
  if (common.length < FEWEST_IN_COMMON) return null
  const value = pearson(
    common.map((round) => one.get(round)!),
    common.map((round) => other.get(round)!),
  )
  if (value === null) return null
  const reach = QUANTILE / Math.sqrt(common.length - 3)
  const [low, high] = [-reach, reach].map((side) => Math.tanh(Math.atanh(value) + side))
  return { value, low: low!, high: high!, rounds: common.length }
}

/** Null where one of the two never moves. */
function pearson(a: readonly number[], b: readonly number[]): number | null {
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length
  const [middleA, middleB] = [mean(a), mean(b)]
  let [both, squareA, squareB] = [0, 0, 0]
  for (const [i, each] of a.entries()) {
    const [x, y] = [each - middleA, b[i]! - middleB]
    both += x * y
    squareA += x * x
    squareB += y * y
  }
  if (squareA === 0 || squareB === 0) return null
  return Math.max(-1, Math.min(1, both / Math.sqrt(squareA * squareB)))
}
