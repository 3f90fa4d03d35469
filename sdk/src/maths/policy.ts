/*
 * What a consumer requires of a forecast, judged as contracts/feeds/ForecastPolicy.sol judges it, over the rounds that a topic
 * has had: which of them a policy would have refused, and which policy would have refused few.
 */
import { zeroAddress } from 'viem'
import type { Forecast } from '../words/forecast.ts'
import type { FeedPolicy, Reason } from '../words/policy.ts'
import type { Times } from '../words/topic.ts'
import { abs, clampTo, max, min } from './float.ts'

const BPS = 10_000n
const HOUR = 3_600n
const MINUTE = 60n
/** The width of an interval that is not promised: the whole of int104. */
const UNPROMISED = 2n ** 104n - 1n
/** The greatest value. */
const MOST = 2n ** 103n - 1n

type Judged = Pick<Forecast, 'value' | 'interval' | 'publishedAt' | 'contributors' | 'wagers'>

/** A forecast of a round that is over, values 1e18 fixed point, times unix seconds. */
export type Published = Judged & { targetTime: bigint }

/**
 * The first requirement that a forecast does not meet. The sequencer, where the policy names one, is taken to be up.
 * @param now unix time of the read
 */
export function judge(
  policy: FeedPolicy,
  forecast: Judged & Pick<Forecast, 'status'>,
  now: bigint,
): Reason {
  const { status, publishedAt, contributors, wagers, value } = forecast
  if (status !== 'live') return status
  const isOld = publishedAt > now || now - publishedAt > policy.maxAge
  if (policy.maxAge > 0n && isOld) return 'tooOld'
  if (contributors < policy.minContributors) return 'tooFewContributors'
  if (wagers < policy.minWagers) return 'tooFewWagers'
  if (isTooWide(policy, forecast)) return 'tooWide'
  return isInRange(policy, value) ? 'none' : 'outOfRange'
}

function isTooWide({ maxWidth, maxWidthBps }: FeedPolicy, forecast: Judged): boolean {
  if (maxWidth === 0n && maxWidthBps === 0n) return false
  return widthOf(forecast) > maxWidth + (abs(forecast.value) * maxWidthBps) / BPS
}

function widthOf({ interval }: Judged): bigint {
  return interval === null ? UNPROMISED : interval.upper - interval.lower
}

function isInRange({ minValue, maxValue }: FeedPolicy, value: bigint): boolean {
  if (minValue === 0n && maxValue === 0n) return true
  return minValue <= value && value <= maxValue
}

/** What a policy would have made of a round: at its publication, or at the last moment before the next one took its place. */
export type Replayed<Round> = { forecast: Round; reason: Reason }

/** Published rounds, oldest first, and the unix time at which the last of them was still the latest. */
type PastOf<Round extends Published> = { past: readonly Round[]; until: bigint }

/**
 * Judges every published round as a consumer would have read it: when it was published, and at the last moment at which it was
 * the latest and its target time ahead.
 */
export function replayPolicy<Round extends Published>(
  policy: FeedPolicy,
  { past, until }: PastOf<Round>,
): Replayed<Round>[] {
  return past.map((forecast, i) => {
    const last = lastRead(forecast, past[i + 1]?.publishedAt ?? until)
    const live = { ...forecast, status: 'live' } as const
    const atFirst = judge(policy, live, forecast.publishedAt)
    return { forecast, reason: atFirst === 'none' ? judge(policy, live, last) : atFirst }
  })
}

/** The last second at which a forecast was the latest and not stale. */
function lastRead({ publishedAt, targetTime }: Published, replacedAt: bigint): bigint {
  const end = min(replacedAt, targetTime) - 1n
  return end > publishedAt ? end : publishedAt
}

/**
 * A policy that would have refused at most a share of the rounds in which an interval was promised. Bounds lie a quarter beyond
 * what was seen, and are rounded to the careless side; one missed round is always allowed. At least one round is needed.
 */
export function suggestPolicy({
  past,
  until,
  times,
  refuseBps,
}: PastOf<Published> & {
  times: Times
  /** Share of the rounds that may be refused, basis points. */
  refuseBps: bigint
}): FeedPolicy {
  // Four bounds, and each may refuse a quarter of what all may.
  const skipped = Number((BigInt(past.length) * refuseBps) / BPS / 4n)
  const nearLeast = (values: bigint[]) => sorted(values)[skipped]!
  const nearMost = (values: bigint[]) => sorted(values)[Math.max(0, values.length - 1 - skipped)]!

  const ages = past.map(
    (each, i) => lastRead(each, past[i + 1]?.publishedAt ?? until) - each.publishedAt,
  )
  const missed = 2n * times.cadence + times.commitWindow + times.revealWindow
  const contributors = (nearLeast(past.map((each) => each.contributors)) * 3n) / 4n
  return {
    maxAge: wholeUp(max(nearMost(ages), missed)),
    minContributors: max(contributors, 1n),
    minWagers: twoDigitsDown((nearLeast(past.map(({ wagers }) => wagers)) * 3n) / 4n),
    ...suggestWidth(past, nearMost),
    ...suggestRange(past.map(({ value }) => value)),
    sequencerFeed: zeroAddress,
    grace: HOUR,
  }
}

type Width = Pick<FeedPolicy, 'maxWidth' | 'maxWidthBps'>

/** A share of the value where values keep away from zero; else an absolute width; none while no interval was promised. */
function suggestWidth(past: readonly Published[], nearMost: (values: bigint[]) => bigint): Width {
  const promised = past.filter(({ interval }) => interval !== null)
  if (promised.length === 0) return { maxWidth: 0n, maxWidthBps: 0n }

  const widths = promised.map(widthOf)
  const isAwayFromZero = promised.every(({ value }, i) => abs(value) > widths[i]!)
  if (!isAwayFromZero) {
    return { maxWidth: min(wider(nearMost(widths)), UNPROMISED), maxWidthBps: 0n }
  }
  const shares = promised.map(({ value }, i) => (widths[i]! * BPS) / abs(value) + 1n)
  return { maxWidth: 0n, maxWidthBps: min(wider(nearMost(shares)), 2n ** 32n - 1n) }
}

/** A quarter wider. */
function wider(width: bigint): bigint {
  return twoDigitsUp((width * 5n) / 4n + 1n)
}

/** What was seen and as much again to each side; half and twice at the least, and never across zero. */
function suggestRange(values: readonly bigint[]): Pick<FeedPolicy, 'minValue' | 'maxValue'> {
  const [low, high] = [values.reduce(min), values.reduce(max)]
  const span = max(high - low, max(max(abs(low), abs(high)) / 2n, 1n))
  const lower = low > 0n ? max(low - span, (low + 1n) / 2n) : low - span
  const upper = high < 0n ? min(high + span, (high - 1n) / 2n) : high + span
  return { minValue: clampTo(floor(lower), MOST), maxValue: clampTo(-floor(-upper), MOST) }
}

/** Two digits, towards minus infinity. */
function floor(value: bigint): bigint {
  return value < 0n ? -twoDigitsUp(-value) : twoDigitsDown(value)
}

function twoDigitsDown(value: bigint): bigint {
  const unit = 10n ** BigInt(Math.max(0, String(value).length - 2))
  return (value / unit) * unit
}

function twoDigitsUp(value: bigint): bigint {
  const down = twoDigitsDown(value)
  return down === value ? value : down + 10n ** BigInt(String(value).length - 2)
}

/** Whole minutes below two hours, whole hours from there. */
function wholeUp(seconds: bigint): bigint {
  const unit = seconds < 2n * HOUR ? MINUTE : HOUR
  return ((seconds + unit - 1n) / unit) * unit
}

function sorted(values: readonly bigint[]): bigint[] {
  return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
