import { getRound, readForecast } from '@auspex/sdk'
import type {
  AuspexClient,
  FeedStatus,
  Forecast,
  Phase,
  RoundStatus,
  Topic,
  TopicId,
  Turn,
} from '@auspex/sdk'
import { openTime, phaseAt, publishTime, revealTime, truthDeadline } from '@auspex/sdk/maths'
import { formatUnits } from 'viem'
import type { Token } from '../tokenOf.ts'
import { momentOf } from './units.ts'

/** A pool is taken to have run out where so much of it is left, as `topic simulate` takes it. */
const LEFT = 0.01
const BPS = 10_000n
const NEEDS_TRUTH = 'needs its truth'

/** Where a topic stands: what its dashboard shows. Values are 1e18 fixed point, times unix seconds. */
export type Standing = {
  status: FeedStatus
  value: bigint | undefined
  /** From the lower to the upper end of the interval; undefined where none is promised yet. */
  width: bigint | undefined
  round: bigint
  phase: Phase
  /** Share of the rounds up to the feed's whose aggregate reached it; undefined before the first. */
  liveShare: number | undefined
  /** What has to be done now, and until when. */
  due: readonly string[]
  /** Token base units. */
  pool: bigint
  /** The earliest moment at which the pool can have run out; undefined where it cannot. */
  runOut: bigint | undefined
}

/** A round before the one that opened last, which its place in the ring still holds. */
export type InFlight = { round: bigint; status: RoundStatus }

/** Asks the chain where a topic stands. */
export async function standingOf(
  client: AuspexClient,
  { topic, state, turn }: { topic: TopicId; state: Topic; turn: Turn },
): Promise<Standing> {
  const { round, phase } = turn
  const oldest = round < state.ringSize ? 0n : round - state.ringSize + 1n
  const inFlight =
    phase === 'pending'
      ? []
      : Array.from({ length: Number(round - oldest) + 1 }, (_, i) => oldest + BigInt(i))
  const [forecast, ...rounds] = await Promise.all([
    readForecast(client, { topic }),
    ...inFlight.map(async (each) => {
      const { status } = await getRound(client, { topic, round: each })
      return { round: each, status }
    }),
  ])
  return standing({ state, turn, forecast, rounds })
}

/** The same from what was read. */
export function standing(read: {
  state: Topic
  turn: Pick<Turn, 'round' | 'phase' | 'time'>
  forecast: Pick<Forecast, 'status' | 'value' | 'interval' | 'round'>
  rounds: readonly InFlight[]
}): Standing {
  const { state, turn, forecast, rounds } = read
  const { status, value, interval } = forecast
  const isSaid = status !== 'void'
  const seen = forecast.round + 1n
  return {
    status,
    value: isSaid ? value : undefined,
    width: isSaid && interval !== null ? interval.upper - interval.lower : undefined,
    round: turn.round,
    phase: turn.phase,
    liveShare: isSaid ? Number(seen - state.missed) / Number(seen) : undefined,
    due: dueIn(state, turn, rounds),
    pool: state.pool,
    runOut: runOutOf(state, turn.time),
  }
}

/** A dashboard in lines. */
export function standingLines(standing: Standing, { words }: Pick<Token, 'words'>): string[] {
  const { status, value, width, liveShare, round, phase, due, pool, runOut } = standing
  const share = liveShare === undefined ? '' : `, ${percent(liveShare)} of its rounds reached it`
  return [
    `feed       ${status}${value === undefined ? '' : ` at ${short(value)}`}${share}`,
    `interval   ${width === undefined ? 'none yet' : `${short(width)} wide${relative(width, value)}`}`,
    `round      ${round}, phase ${phase}`,
    ...due.map((each, i) => `${i === 0 ? 'due' : ''}`.padEnd(11) + each),
    `pool       ${words(pool)}, ${runOutWords(pool, runOut)}`,
  ]
}

/** What workers and reputers have to do now: in the round that opened last, and in those before it that are not final. */
function dueIn(
  state: Topic,
  { round, phase, time }: Pick<Turn, 'round' | 'phase' | 'time'>,
  rounds: readonly InFlight[],
): string[] {
  const until = (end: bigint) => `until ${momentOf(end)}, ${leftUntil(end, time)}`
  const opens = (each: bigint) => {
    const start = openTime(state, each)
    return `round ${each} opens at ${momentOf(start)}, ${leftUntil(start, time)}`
  }
  const own: Partial<Record<Phase, string>> = {
    pending: opens(0n),
    commit: `round ${round} takes commits ${until(revealTime(state, round))}`,
    reveal: `round ${round} takes reveals ${until(publishTime(state, round))}`,
  }
  const rest = rounds.flatMap((each) => {
    const what = neededBy(each, phaseAt(state, each.round, time))
    if (what === undefined) return []
    const isTruth = what === NEEDS_TRUTH
    return [
      `round ${each.round} ${what}${isTruth ? ` ${until(truthDeadline(state, each.round))}` : ''}`,
    ]
  })
  return [own[phase] ?? opens(round + 1n), ...rest]
}

/** What a round waits for from its keepers; undefined where it is final, was never opened, or its time has not come. */
function neededBy({ status }: InFlight, phase: Phase): string | undefined {
  if (status === 'resolved') return 'is to be settled'
  if (phase === 'expired') {
    return status === 'open' || status === 'published'
      ? 'has missed its truth: it is void'
      : undefined
  }
  if (status === 'open' && (phase === 'live' || phase === 'due')) return 'is to be published'
  if (status === 'disputed') return 'has a truth under challenge'
  return status === 'published' && phase === 'due' ? NEEDS_TRUTH : undefined
}

/** A round costs the pool `poolRateBps` of what it holds at most, so that it can shrink no faster than this. */
function runOutOf({ pool, poolRateBps, cadence }: Topic, time: bigint): bigint | undefined {
  if (pool === 0n || poolRateBps === 0n || poolRateBps >= BPS) return undefined
  const rounds = Math.ceil(Math.log(LEFT) / Math.log1p(-Number(poolRateBps) / Number(BPS)))
  return time + BigInt(rounds) * cadence
}

function runOutWords(pool: bigint, runOut: bigint | undefined): string {
  if (pool === 0n) return 'empty: nothing is paid for skill'
  if (runOut === undefined) return 'nothing is taken from it'
  return `a hundredth of it left on ${momentOf(runOut).slice(0, 10)} at the earliest`
}

/** Seconds in the two largest units, for a glance. */
function leftUntil(end: bigint, now: bigint): string {
  const left = end - now
  if (left <= 0n) return 'now'
  const parts = [
    [left / 86_400n, 'd'],
    [(left / 3600n) % 24n, 'h'],
    [(left / 60n) % 60n, 'm'],
    [left % 60n, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0n)
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0n)
  return `in ${shown.map(([count, unit]) => `${count}${unit}`).join(' ')}`
}

/** Six digits are enough for a glance. */
function short(value: bigint): string {
  return String(Number(Number(formatUnits(value, 18)).toPrecision(6)))
}

function relative(width: bigint, value: bigint | undefined): string {
  if (value === undefined || value === 0n) return ''
  const size = value < 0n ? -value : value
  return `, ${percent(Number(width) / Number(size))} of the value`
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`
}
