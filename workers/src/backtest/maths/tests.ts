import { errorFunction, mean, sampleCorrelation } from 'simple-statistics'
import { createRandom } from './random.ts'

/** A difference of losses tested against chance; below zero the first forecast loses less. */
export interface Tested {
  /** Diebold-Mariano statistic: beyond -+1.96 at the 95 % level. */
  readonly statistic: number
  /** Probability of so large a difference by chance, two-sided. */
  readonly p: number
}

/**
 * Diebold and Mariano (1995) with the autocorrelation of the horizon: mean difference of losses in units of its error by
 * Newey and West, with the correction of Harvey, Leybourne and Newbold (1997) for few rounds. Undefined where the two never
 * differ.
 */
export function dieboldMariano(compared: {
  own: readonly number[]
  other: readonly number[]
  /** Rounds from a forecast to its truth. */
  horizon: number
}): Tested | undefined {
  const { own, other, horizon } = compared
  const count = own.length
  const differences = own.map((loss, i) => loss - other[i]!)
  const centre = mean(differences)
  const centred = differences.map((each) => each - centre)
  const bandwidth = Math.min(count - 1, Math.max(horizon - 1, Math.floor(Math.cbrt(count))))
  const variance = longRunVariance(centred, bandwidth)
  if (!(variance > 0)) return undefined

  const few = (count + 1 - 2 * horizon + (horizon * (horizon - 1)) / count) / count
  const statistic = (centre / Math.sqrt(variance / count)) * Math.sqrt(Math.max(0, few))
  return { statistic, p: 2 * (1 - normal(Math.abs(statistic))) }
}

/** Variance of a mean whose terms go together up to `bandwidth` steps (Newey and West 1987); Bartlett's weights keep it from falling below zero. */
export function longRunVariance(centred: readonly number[], bandwidth: number): number {
  let variance = covariance(centred, 0)
  for (let shift = 1; shift <= bandwidth; shift++) {
    variance += 2 * (1 - shift / (bandwidth + 1)) * covariance(centred, shift)
  }
  return variance
}

function covariance(centred: readonly number[], shift: number): number {
  let sum = 0
  for (let i = shift; i < centred.length; i++) sum += centred[i]! * centred[i - shift]!
  return sum / centred.length
}

/**
 * A 95 % interval of the ratio of two mean losses: blocks of consecutive rounds, as long as what they share, drawn again with
 * replacement. Equal seeds give equal intervals.
 */
export function bootstrapRatio(compared: {
  own: readonly number[]
  other: readonly number[]
  horizon: number
  seed?: number
  draws?: number
}): { low: number; high: number } {
  const { own, other, horizon, seed = 1, draws = 1000 } = compared
  const count = own.length
  const size = Math.min(count, Math.max(horizon, Math.round(Math.cbrt(count))))
  const blocks = Math.ceil(count / size)
  const random = createRandom(seed)
  const [ownSums, otherSums] = [running(own), running(other)]

  const ratios = Array.from({ length: draws }, () => {
    let [numerator, denominator] = [0, 0]
    for (let block = 0; block < blocks; block++) {
      const start = Math.floor(random() * (count - size + 1))
      numerator += ownSums[start + size]! - ownSums[start]!
      denominator += otherSums[start + size]! - otherSums[start]!
    }
    return numerator / denominator
  }).sort((a, b) => a - b)
  return { low: quantile(ratios, 0.025), high: quantile(ratios, 0.975) }
}

function running(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (const [i, value] of values.entries()) sums[i + 1] = sums[i]! + value
  return sums
}

/** Of values in order, the one that a share of them lies below. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

/** Distribution function of the standard normal. */
export function normal(value: number): number {
  return (1 + errorFunction(value / Math.SQRT2)) / 2
}

/**
 * Whether values lie evenly between 0 and 1: the largest distance of their distribution from the even one, and its
 * probability by chance (Kolmogorov's series, with Stephens's correction for few values).
 */
export function evenness(values: readonly number[]): { distance: number; p: number } {
  const sorted = [...values].sort((a, b) => a - b)
  const count = sorted.length
  const distance = sorted.reduce(
    (most, value, i) => Math.max(most, (i + 1) / count - value, value - i / count),
    0,
  )
  const scaled = (Math.sqrt(count) + 0.12 + 0.11 / Math.sqrt(count)) * distance
  let p = 0
  for (let k = 1; k <= 100; k++) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * scaled * scaled)
  return { distance, p: Math.min(1, Math.max(0, scaled < 0.2 ? 1 : p)) }
}

/** Correlation of two columns; zero where one of them never moves. */
export function correlation(left: readonly number[], right: readonly number[]): number {
  const isMoving = (column: readonly number[]) => column.some((value) => value !== column[0])
  return isMoving(left) && isMoving(right) ? sampleCorrelation([...left], [...right]) : 0
}
