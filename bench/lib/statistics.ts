/* simple-statistics with the edges that benches need, and the one quantile it lacks. */
import * as simple from 'simple-statistics'

/** Arithmetic mean; zero of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : simple.mean([...values])
}

/** The middle value; halfway between the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  return simple.median([...values])
}

/** Standard deviation with n - 1; zero for fewer than two values. */
export function sampleDeviation(values: readonly number[]): number {
  return values.length < 2 ? 0 : simple.sampleStandardDeviation([...values])
}

/** Geometric mean of positive numbers, by their logarithms, so that many small ones do not underflow; NaN of none. */
export function geometricMean(values: readonly number[]): number {
  return values.length === 0 ? NaN : simple.logAverage([...values])
}

/** Sum of a list. */
export function total(values: readonly number[]): number {
  return simple.sum([...values])
}

/** The line with the least squares of deviations. */
export function fitLine(points: readonly { x: number; y: number }[]): {
  fixed: number
  slope: number
} {
  if (new Set(points.map(({ x }) => x)).size < 2) throw new RangeError('A line takes two points')

  const { m, b } = simple.linearRegression(points.map(({ x, y }) => [x, y]))
  return { slope: m, fixed: b }
}

/** Quantile by linear interpolation between order statistics (type 7, as Allora's code and numpy use; the library has type 2). */
export function quantile({ values, share }: { values: readonly number[]; share: number }): number {
  const sorted = [...values].sort((a, b) => a - b)
  const position = share * (sorted.length - 1)
  const below = sorted[Math.floor(position)]
  const above = sorted[Math.ceil(position)]
  if (below === undefined || above === undefined) throw new RangeError('quantile of nothing')

  return below + (position - Math.floor(position)) * (above - below)
}
