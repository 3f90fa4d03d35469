import { createRecordedSource, readSampleSource } from '@auspex/workers/models'
import type { RecordedSource } from '@auspex/workers/models'
import { DAY, HORIZON } from './schedule.ts'

/** Days that models have seen before the first round. */
const LEAST_PAST = 300

/** Trading days laid on the days of the chain, one for each. */
export interface Calendar {
  /** The series with each bar dated to its close on the chain. */
  readonly source: RecordedSource
  readonly rounds: number
  /** When round 0 opens, chain time. */
  readonly start: bigint
  /** Index of the bar a round asks for. */
  barOf(round: number): number
  /** The trading day a round asks for, as YYYY-MM-DD. */
  dateOf(round: number): string
}

type OpenedCalendar = { status: 'open'; calendar: Calendar } | { status: 'refused'; why: string }

/**
 * Lays one trading day on each day of the chain: round `r` opens at midnight, and the market closes
 * at its target time. So what a bar tells is known from the round's target on, and never before.
 */
export async function openCalendar(options: {
  from: string | undefined
  rounds: number
}): Promise<OpenedCalendar> {
  const { from, rounds } = options
  const sample = await readSampleSource()
  const { length } = sample.times
  const first = from === undefined ? length - rounds : firstOn({ times: sample.times, date: from })

  const dates = sample.times.map((time) => new Date(time * 1000).toISOString().slice(0, 10))
  if (first < LEAST_PAST) {
    const why = `The models need ${LEAST_PAST} days before the first round, and the series begins on ${dates[0]}. Give --from ${dates[LEAST_PAST]} or later, or fewer --rounds.`
    return { status: 'refused', why }
  }
  if (first + rounds > length) {
    const why = `From ${from} on there are only ${length - first} trading days; the series ends on ${dates.at(-1)}. Give an earlier --from, or --rounds ${length - first} or fewer.`
    return { status: 'refused', why }
  }

  const start = BigInt(Date.parse(`${dates[first]}T00:00:00Z`) / 1000)
  const close = Number(start) + HORIZON
  const history = await sample.read({ now: Infinity })
  const bars = dates.map((_, i) => ({ ...history.at(i), time: close + (i - first) * DAY }))

  return {
    status: 'open',
    calendar: {
      source: createRecordedSource({ name: sample.name, bars }),
      rounds,
      start,
      barOf: (round) => first + round,
      dateOf: (round) => dates[first + round]!,
    },
  }
}

function firstOn({ times, date }: { times: readonly number[]; date: string }): number {
  const midnight = Date.parse(`${date}T00:00:00Z`) / 1000
  const index = times.findIndex((time) => time >= midnight)
  return index === -1 ? times.length : index
}
