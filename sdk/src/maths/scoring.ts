/** What a record is worth, and what a round's truth teaches. Twin of Scoring.sol. */
import {
  type Aggregate,
  type Expert,
  type Learning,
  NONE,
  ONE,
  WARMUP,
  type WorkerRecord,
} from './learning.ts'
import { abs, clamp, clampTo, max, min, sqrt } from './float.ts'

/** Full scale of a place in the domain; a loss is at most its square. */
export const U = 10n ** 9n

const REGRET_LIMIT = 2n ** 120n - 1n
const ENERGY_LIMIT = 2n ** 250n
const GRADIENT_CLAMP = 4n
const ERROR_CLAMP = 10n
const ERROR_RATE = ONE / 20n
const ERROR_MIN = 100n
const BIAS_ROUNDS = 10n
const WIDTH_MIN = ONE / 5n
const WIDTH_MAX = 50n * ONE
const SPREAD_MAX = 2n ** 103n
const RANK_BONUS_MAX = 3n * ONE
const BPS = 10_000n

/** A record counts its rounds up to here: one more than a season takes. */
export const COUNT_MAX = 31n
const SEASON_ROUNDS = 30n
const QUORUM = 5n
const USUAL_ROUNDS = 20n

export type DomainKind = 'adaptive' | 'relative' | 'fixed'

export interface Domain {
  readonly low: bigint
  readonly width: bigint
}

// ---------------------------------------------------------------- TRUST

/** What a record is worth as a weight: positive regret, discounted by how erratic it was. */
export function trust(regret: bigint, energy: bigint, peak: bigint): bigint {
  if (regret <= 0n) return 0n

  const scale = max(peak, 1n)
  const steadiness = (scale * ONE) / (energy + scale)

  return (regret * steadiness) / ONE
}

/** Claim to a seat: stake x (1 + regret^2 / (peak + energy)), the bonus at most 3; 1e18 fixed point. */
export function rank(stake: bigint, regret: bigint, energy: bigint, peak: bigint): bigint {
  return stake * (ONE + rankBonus(regret, energy + max(peak, 1n)))
}

function rankBonus(regret: bigint, scale: bigint): bigint {
  if (regret <= 0n) return 0n

  return min(RANK_BONUS_MAX, (regret * regret * ONE) / scale)
}

// ---------------------------------------------------------------- ERA

/** A record of another era reads as nothing. */
export function recordIn(era: bigint, record: WorkerRecord | undefined): WorkerRecord {
  return record?.era === era ? record : { regret: 0n, energy: 0n, count: 0n, era }
}

/** Whether a record has seen enough of its era for its money to count as known: half of the era's settled rounds, or fifteen. */
export function isSeasoned(count: bigint, settled: bigint): boolean {
  return 2n * count >= min(settled, SEASON_ROUNDS)
}

/**
 * Whether a round starts its topic anew: at least half as much money as usual, less than a fifth of it seasoned. Token base
 * units. An era without settled rounds has nothing to forget.
 */
export function restarts(
  settled: bigint,
  seasoned: bigint,
  budgets: bigint,
  usual: bigint,
): boolean {
  return settled > 0n && QUORUM * seasoned < budgets && 2n * budgets >= usual
}

/** Running mean of a round's budgets at a rate of one in twenty; it never restarts. */
export function usualMoney(usual: bigint, budgets: bigint): bigint {
  return usual === 0n ? budgets : ((USUAL_ROUNDS - 1n) * usual + budgets) / USUAL_ROUNDS
}

// ---------------------------------------------------------------- DOMAIN

/** The range a round is scored in. Never empty: a range shrunk to nothing becomes [min, max]. */
export function domainOf(
  kind: DomainKind,
  scaleBps: bigint,
  center: bigint,
  sigma: bigint,
  least: bigint,
  most: bigint,
): Domain {
  const whole = { low: least, width: most - least }
  if (kind === 'fixed') return whole

  const unit = kind === 'adaptive' ? sigma : abs(center)
  const half = (unit * scaleBps) / 10_000n
  const low = clamp(center - half, least, most)
  const width = clamp(center + half, least, most) - low

  return width === 0n ? whole : { low, width }
}

/** The reference after a truth: a running mean of truths. At a rate of 10000 it is the truth itself. */
export function followed(center: bigint, truth: bigint, rateBps: bigint): bigint {
  return ((BPS - rateBps) * center + rateBps * truth) / BPS
}

/** Rolling root mean square of `truth - reference` at a rate of 3 %, moving by at most 10 % a round. */
export function spread(sigma: bigint, center: bigint, truth: bigint): bigint {
  const distance = abs(truth - center)
  const rolling = sqrt((97n * sigma * sigma + 3n * distance * distance) / 100n)
  const bounded = max(min(rolling, sigma + sigma / 10n + 1n), sigma - sigma / 10n)

  return max(min(bounded, SPREAD_MAX), 1n)
}

// ---------------------------------------------------------------- LOSS

/** Where a value lies in the domain, 0 to U. */
export function place(value: bigint, low: bigint, width: bigint): bigint {
  if (value <= low) return 0n

  return min(((value - low) * U) / width, U)
}

/** Quadratic loss of a place, 0 to U^2. */
export function loss(predicted: bigint, actual: bigint): bigint {
  const distance = predicted - actual

  return distance * distance
}

// ---------------------------------------------------------------- SKILL

/** Error of the inner aggregate, common to all regrets of a round. */
export function gradient(inner: bigint, truth: bigint, learning: Learning): bigint {
  if (!isTelling(learning.feedError, learning.rounds)) return inner - truth

  return clampTo(inner - truth, GRADIENT_CLAMP * learning.feedError)
}

/** Whether a rolling error may bound what comes next: not before the warm-up, and not while it is nothing. */
export function isTelling(rollingError: bigint, rounds: bigint): boolean {
  return rounds >= WARMUP && rollingError >= ERROR_MIN
}

/**
 * How much better the round would have gone with a little more of this value, times the confidence it was said with: who
 * risks little learns little.
 */
export function regret(
  slope: bigint,
  inner: bigint,
  value: bigint,
  confidenceBps: bigint = BPS,
): bigint {
  const exact = clampTo((2n * slope * (inner - value)) / ONE, REGRET_LIMIT)

  return (exact * confidenceBps) / BPS
}

/** An expert's record with a round's regret added. */
export function learnExpert(expert: Expert, latest: bigint): Expert {
  return {
    regret: expert.regret + latest,
    energy: min(expert.energy + latest * latest, ENERGY_LIMIT),
  }
}

/** A worker's record with a round's regret added; the count stops at its limit. */
export function learnRecord(record: WorkerRecord, latest: bigint): WorkerRecord {
  return {
    ...learnExpert(record, latest),
    count: min(record.count + 1n, COUNT_MAX),
    era: record.era,
  }
}

// ---------------------------------------------------------------- TOPIC

/** What a topic learns from a truth, apart from its workers: their regrets raise the peak separately. */
export function learn(
  learning: Learning,
  aggregate: Aggregate,
  truth: bigint,
  intervalBps: bigint,
): Learning {
  const rounds = learning.rounds + 1n
  const feedError = rolled(learning.feedError, abs(aggregate.inner - truth), learning.rounds)
  const anchorError = rolled(learning.anchorError, abs(truth - aggregate.anchor), learning.rounds)

  return {
    ...learnHouse(learning, aggregate, gradient(aggregate.inner, truth, learning)),
    ...learnWidths(learning, aggregate, truth, intervalBps),
    feedError,
    anchorError,
    rounds,
    bias: learnBias(learning.bias, truth - aggregate.mean, rounds, feedError),
  }
}

function learnHouse(
  learning: Learning,
  aggregate: Aggregate,
  slope: bigint,
): Pick<Learning, 'anchor' | 'mean' | 'peak'> {
  const ofAnchor = regret(slope, aggregate.inner, aggregate.anchor)
  const ofMean = regret(slope, aggregate.inner, aggregate.debiased)

  return {
    anchor: learnExpert(learning.anchor, ofAnchor),
    mean: learnExpert(learning.mean, ofMean),
    peak: max(learning.peak, max(ofAnchor * ofAnchor, ofMean * ofMean)),
  }
}

/** Each side keeps its own promise: a miss widens by exp(0.05 p), a hit narrows by exp(-0.05 (1 - p)). */
function learnWidths(
  { widthBelow, widthAbove }: Learning,
  { value, below, above }: Aggregate,
  truth: bigint,
  intervalBps: bigint,
): Pick<Learning, 'widthBelow' | 'widthAbove'> {
  if (below === NONE) return { widthBelow, widthAbove }

  return {
    widthBelow: stepped(widthBelow, value - truth > below, intervalBps),
    widthAbove: stepped(widthAbove, truth - value > above, intervalBps),
  }
}

function stepped(width: bigint, missed: boolean, intervalBps: bigint): bigint {
  const { missStep, hitStep } = intervalOf(intervalBps)

  return clamp((width * (missed ? missStep : hitStep)) / ONE, WIDTH_MIN, WIDTH_MAX)
}

function rolled(mean: bigint, latest: bigint, rounds: bigint): bigint {
  const rate = max(ERROR_RATE, ONE / (rounds + 1n))
  const step = isTelling(mean, rounds) ? min(latest, ERROR_CLAMP * mean) : latest

  return ((ONE - rate) * mean + rate * step) / ONE
}

function learnBias(bias: bigint, latest: bigint, rounds: bigint, feedError: bigint): bigint {
  const step = rounds > WARMUP ? clampTo(latest, GRADIENT_CLAMP * feedError) : latest

  return ((BIAS_ROUNDS - 1n) * bias + step) / BIAS_ROUNDS
}

// ---------------------------------------------------------------- INTERVAL

interface Interval {
  readonly startingWidth: bigint
  readonly missStep: bigint
  readonly hitStep: bigint
}

/** Steps exp(0.05 p) and exp(-0.05 (1 - p)), where each side of an interval holds the truth with p = 1/2 + level / 2. */
const INTERVALS: ReadonlyMap<bigint, Interval> = new Map([
  [
    8000n,
    {
      startingWidth: 1_606_186_694_795_859_710n,
      missStep: 1_046_027_859_908_716_942n,
      hitStep: 995_012_479_192_682_313n,
    },
  ],
  [
    9000n,
    {
      startingWidth: 2_062_000_000_000_000_000n,
      missStep: 1_048_646_201_121_285_205n,
      hitStep: 997_503_122_397_460_124n,
    },
  ],
  [
    9500n,
    {
      startingWidth: 2_456_450_570_453_268_545n,
      missStep: 1_049_957_828_468_994_324n,
      hitStep: 998_750_780_924_580_866n,
    },
  ],
])

/** Whether a topic may promise intervals of this level. */
export function isInterval(bps: bigint): boolean {
  return INTERVALS.has(bps)
}

/** First half width in units of the rolling error: what the level takes if errors were normal. */
export function startingWidth(intervalBps: bigint): bigint {
  return intervalOf(intervalBps).startingWidth
}

function intervalOf(bps: bigint): Interval {
  const interval = INTERVALS.get(bps)
  if (interval === undefined) throw new RangeError(`no interval of ${bps} basis points`)

  return interval
}
