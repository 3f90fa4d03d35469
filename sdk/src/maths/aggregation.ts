/** How many predictions become one better prediction. Twin of Aggregation.sol, and the finder of its hints. */
import {
  type Aggregate,
  type Expert,
  type Hints,
  type Learning,
  NONE,
  ONE,
  type Range,
  type Submissions,
  WARMUP,
} from './learning.ts'
import { abs, clamp, max, min, sum } from './float.ts'
import { isTelling, trust } from './scoring.ts'

const CLIP_MAD = 3n
const CLIP_MAX = 8n
const LIFT = 6n
const HOUSE_PRIOR = ONE / 5n

interface Shares {
  readonly workers: readonly bigint[]
  readonly anchor: bigint
  readonly mean: bigint
  readonly total: bigint
}

/**
 * The aggregate of a round.
 * @throws RangeError where lists differ in length or a hint is wrong
 */
export function aggregate(
  submissions: Submissions,
  hints: Hints,
  learning: Learning,
  range: Range,
): Aggregate {
  const { wagers } = submissions
  const count = submissions.values.length
  if (wagers.length !== count || submissions.trusts.length !== count) {
    throw new RangeError('unequal lists')
  }

  const bounded = submissions.values.map((value) => clamp(value, range.low, range.high))
  const anchor = anchorOf(bounded, wagers, hints.anchor)
  const radius = radiusOf(madOf(bounded, wagers, anchor, hints.mad), count, learning)
  const low = max(range.low, anchor - radius)
  const high = min(range.high, anchor + radius)

  const values = bounded.map((value) => clamp(value, low, high))
  const total = sum(wagers)
  const mean = weightedSum(wagers, values) / total
  const debiased = clamp(mean + learning.bias, low, high)

  const shares = sharesOf(submissions, total, learning)
  const said = shares.anchor * anchor + shares.mean * debiased + weightedSum(shares.workers, values)

  return {
    anchor,
    low,
    high,
    mean,
    debiased,
    inner: said / shares.total,
    value: (said + capping(shares, values, wagers, total, mean)) / shares.total,
    below: widthOf(learning.widthBelow, learning),
    above: widthOf(learning.widthAbove, learning),
  }
}

// ---------------------------------------------------------------- RANGE

/**
 * Where the values of a round are clamped before anything else: always within the topic's range, and within the frozen
 * domain while the topic is cold. A warm topic of fewer than three workers must be able to follow a change of regime: its
 * domain is widened to 8 anchor errors around its middle. The domain lies within `bounds`.
 */
export function rangeOf(bounds: Range, domain: Range, count: number, learning: Learning): Range {
  const isWarm = learning.rounds >= WARMUP
  if (isWarm && count >= 3) return bounds
  if (!isWarm) return domain

  const middle = (domain.low + domain.high) / 2n
  const reach = CLIP_MAX * learning.anchorError
  const low = min(domain.low, middle - reach)
  const high = max(domain.high, middle + reach)

  return { low: max(bounds.low, low), high: min(bounds.high, high) }
}

// ---------------------------------------------------------------- ANCHOR

function anchorOf(values: readonly bigint[], wagers: readonly bigint[], hint: bigint): bigint {
  const { verified, median } = verifiedMedian(values, wagers, hint)
  if (!verified) throw new RangeError(`wrong median: ${hint}`)

  return median
}

function madOf(
  values: readonly bigint[],
  wagers: readonly bigint[],
  anchor: bigint,
  hint: bigint,
): bigint {
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
export function hintsOf(
  { values, wagers }: Pick<Submissions, 'values' | 'wagers'>,
  range: Range,
): Hints {
  const bounded = values.map((value) => clamp(value, range.low, range.high))
  const lower = lowerMedian(bounded, wagers)
  const { median } = verifiedMedian(bounded, wagers, lower)

  return { anchor: lower, mad: lowerMedian(distancesOf(bounded, median), wagers) }
}

// ---------------------------------------------------------------- OUTLIERS

/** Clip radius: three mad, once the topic is warm within 2.5 to 8 times the anchor's usual error. */
function radiusOf(mad: bigint, count: number, learning: Learning): bigint {
  const radius = count < 3 ? NONE : CLIP_MAD * mad
  const usual = learning.anchorError
  if (!isTelling(usual, learning.rounds)) return min(radius, NONE)

  return min(max(min(radius, usual * CLIP_MAX), (usual * 5n) / 2n), NONE)
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

/** Each prediction's part of the published value after the cap, 1e18 fixed point; median and mean of the house hold the rest. */
export function weightsOf(submissions: Submissions, learning: Learning): bigint[] {
  const { wagers } = submissions
  const money = sum(wagers)
  if (money === 0n) return wagers.map(() => 0n)

  const { workers, total } = sharesOf(submissions, money, learning)
  return workers.map((share, i) => (min(share, capOf(wagers[i]!, total, money)) * ONE) / total)
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

/** What changes as the shares that are too large say the mean instead. */
function capping(
  shares: Shares,
  values: readonly bigint[],
  wagers: readonly bigint[],
  total: bigint,
  mean: bigint,
): bigint {
  return values.reduce((change, value, i) => {
    const share = shares.workers[i] ?? 0n
    const cap = capOf(wagers[i] ?? 0n, shares.total, total)
    return share > cap ? change + (share - cap) * (mean - value) : change
  }, 0n)
}

/** The most a worker holds of the published value: a third, and six times its share of the money. */
function capOf(wager: bigint, mass: bigint, total: bigint): bigint {
  return min(mass / 3n, (LIFT * wager * mass) / total)
}

// ---------------------------------------------------------------- INTERVAL

function widthOf(width: bigint, learning: Learning): bigint {
  if (learning.rounds < WARMUP) return NONE

  return min((width * learning.feedError) / ONE, NONE - 1n)
}
