/** How many predictions become one better prediction. Twin of Aggregation.sol, and the finder of its hints. */
import {
  type Aggregate,
  type Expert,
  type Hints,
  type Learning,
  NONE,
  ONE,
  type Submissions,
  WARMUP,
} from './learning.ts'
import { abs, clamp, max, min, sum } from './numbers.ts'
import { isTelling, trust } from './scoring.ts'

const CLIP_MAD = 3n
const HOUSE_PRIOR = ONE / 5n
const INT104_MAX = 2n ** 103n - 1n
const INT104_MIN = -(2n ** 103n)

interface Shares {
  readonly workers: readonly bigint[]
  readonly anchor: bigint
  readonly mean: bigint
  readonly total: bigint
}

/** The aggregate of a round. */
export function aggregate(submissions: Submissions, hints: Hints, learning: Learning): Aggregate {
  const { wagers } = submissions
  const count = submissions.values.length
  if (wagers.length !== count || submissions.trusts.length !== count) {
    throw new RangeError('unequal lists')
  }

  const anchor = anchorOf(submissions, hints.anchor)
  const radius = radiusOf(madOf(submissions, anchor, hints.mad), count, learning)

  const values = submissions.values.map((value) => winsorise(value, anchor, radius))
  const total = sum(wagers)
  const mean = weightedSum(wagers, values) / total
  const debiased = clamp(mean + learning.bias, INT104_MIN, INT104_MAX)

  const shares = sharesOf(submissions, total, learning)
  const said = shares.anchor * anchor + shares.mean * debiased + weightedSum(shares.workers, values)

  return {
    anchor,
    radius,
    mean,
    debiased,
    inner: said / shares.total,
    value: (said + capping(shares, values, mean)) / shares.total,
    half: halfOf(learning),
  }
}

// ---------------------------------------------------------------- ANCHOR

function anchorOf({ values, wagers }: Submissions, hint: bigint): bigint {
  const { verified, median } = verifiedMedian(values, wagers, hint)
  if (!verified) throw new RangeError(`wrong median: ${hint}`)

  return median
}

function madOf({ values, wagers }: Submissions, anchor: bigint, hint: bigint): bigint {
  const { verified, median } = verifiedMedian(distancesOf(values, anchor), wagers, hint)
  if (!verified) throw new RangeError(`wrong deviation: ${hint}`)

  return median
}

function distancesOf(values: readonly bigint[], anchor: bigint): bigint[] {
  return values.map((value) => abs(value - anchor))
}

/** Weighted median, given its lower candidate. */
export function verifiedMedian(
  values: readonly bigint[],
  weights: readonly bigint[],
  lower: bigint,
): { verified: boolean; median: bigint } {
  let below = 0n
  let above = 0n
  let total = 0n
  let next: bigint | undefined
  values.forEach((value, i) => {
    const weight = weights[i] ?? 0n
    total += weight
    if (value < lower) below += weight
    if (value <= lower) return
    above += weight
    if (weight > 0n && (next === undefined || value < next)) next = value
  })

  const verified = 2n * below < total && 2n * above <= total
  return { verified, median: 2n * above === total ? (lower + (next ?? lower)) / 2n : lower }
}

/** The least value up to which at least half the weight lies: what `verifiedMedian` wants to be told. */
export function lowerMedian(values: readonly bigint[], weights: readonly bigint[]): bigint {
  const order = values
    .map((value, i) => ({ value, weight: weights[i] ?? 0n }))
    .sort((a, b) => (a.value < b.value ? -1 : Number(a.value > b.value)))
  const total = sum(weights)

  let upTo = 0n
  for (const { value, weight } of order) {
    upTo += weight
    if (weight > 0n && 2n * upTo >= total) return value
  }
  throw new RangeError('no weight at all')
}

/** Finds the hints of a round. */
export function hintsOf({ values, wagers }: Pick<Submissions, 'values' | 'wagers'>): Hints {
  const lower = lowerMedian(values, wagers)
  const { median } = verifiedMedian(values, wagers, lower)

  return { anchor: lower, mad: lowerMedian(distancesOf(values, median), wagers) }
}

// ---------------------------------------------------------------- OUTLIERS

function radiusOf(mad: bigint, count: number, learning: Learning): bigint {
  const radius = count < 3 ? NONE : CLIP_MAD * mad
  const usual = learning.anchorError
  if (!isTelling(usual, learning.rounds)) return min(radius, NONE)

  return min(max(min(radius, usual * 8n), (usual * 5n) / 2n), NONE)
}

/** A value, pulled to within `radius` of the anchor. */
export function winsorise(value: bigint, anchor: bigint, radius: bigint): bigint {
  return clamp(value, anchor - radius, anchor + radius)
}

// ---------------------------------------------------------------- SHARES

function sharesOf({ wagers, trusts }: Submissions, total: bigint, learning: Learning): Shares {
  const workers = wagers.map((wager, i) => (((wager * ONE) / total) * (trusts[i] ?? 0n)) / ONE)
  const anchor = houseWeight(learning.anchor, learning.peak)
  const mean = houseWeight(learning.mean, learning.peak)
  const mass = sum(workers) + anchor + mean
  if (mass === 0n) return { workers, anchor: ONE, mean: 0n, total: ONE }

  return normalised({ workers, anchor, mean, total: mass })
}

function houseWeight({ regret, energy }: Expert, peak: bigint): bigint {
  return (HOUSE_PRIOR * trust(regret, energy, peak)) / ONE
}

function normalised(weights: Shares): Shares {
  const mass = weights.total
  const workers = weights.workers.map((weight) => (weight * ONE) / mass)
  const anchor = (weights.anchor * ONE) / mass
  const mean = (weights.mean * ONE) / mass

  return { workers, anchor, mean, total: sum(workers) + anchor + mean }
}

// ---------------------------------------------------------------- AGGREGATE

function weightedSum(weights: readonly bigint[], values: readonly bigint[]): bigint {
  return values.reduce((total, value, i) => total + (weights[i] ?? 0n) * value, 0n)
}

function capping(shares: Shares, values: readonly bigint[], mean: bigint): bigint {
  const cap = shares.total / 3n

  return values.reduce((change, value, i) => {
    const share = shares.workers[i] ?? 0n
    return share > cap ? change + (share - cap) * (mean - value) : change
  }, 0n)
}

// ---------------------------------------------------------------- INTERVAL

function halfOf(learning: Learning): bigint {
  if (learning.rounds < WARMUP) return NONE

  return min((learning.width * learning.feedError) / ONE, NONE - 1n)
}
