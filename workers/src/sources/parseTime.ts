/** How the times of a file are to be read; what is not declared is not guessed. */
export type TimeFormat = {
  /** `iso` (default), or a count of seconds or milliseconds since 1970. */
  time?: 'iso' | 'seconds' | 'milliseconds' | undefined
  /** The zone of days and of times without one: an IANA name or an offset such as +01:00. Days are UTC's without it. */
  zone?: string | undefined
}

export type ParsedTime =
  /** Unix seconds; of a whole day, its last second. */
  { status: 'parsed'; time: number } | { status: 'refused'; reason: string }

const DAY = /^(\d{4})([-/])(\d{2})\2(\d{2})$/
const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/
const EPOCH = /^\d{1,15}$/
/** 1973 to 2286: counts of seconds and of milliseconds in it cannot be taken for one another. */
const EPOCH_SECONDS = { least: 1e8, most: 1e10 }
const MINUTES_A_DAY = 1440
const DAY_SECONDS = 86_400

/** Reads a time, and refuses everything that could be two of them. */
export function parseTime(text: string, { time: kind = 'iso', zone }: TimeFormat = {}): ParsedTime {
  if (kind !== 'iso') return parseEpoch(text, kind)

  const day = DAY.exec(text)
  if (day) return parseDay(text, [day[1]!, day[3]!, day[4]!], zone ?? 'UTC')
  const instant = INSTANT.exec(text)
  return instant ? parseInstant(text, instant, zone) : refused(text, hintFor(text))
}

/** Whether a zone can be declared: an offset, or a name that this machine knows. */
export function isZone(zone: string): boolean {
  if (/^[+-]/.test(zone)) return offsetIn(zone) !== undefined
  try {
    return clockOf(zone) !== undefined
  } catch {
    return false
  }
}

function parseEpoch(text: string, kind: 'seconds' | 'milliseconds'): ParsedTime {
  const other = kind === 'seconds' ? 'milliseconds' : 'seconds'
  if (!EPOCH.test(text)) return refused(text, `write whole ${kind} since 1970, as source.time says`)

  const { least, most } = EPOCH_SECONDS
  const seconds = kind === 'seconds' ? Number(text) : Number(text) / 1000
  if (seconds >= least && seconds < most) return { status: 'parsed', time: seconds }
  return refused(
    text,
    `it is not of our time in ${kind}; are these ${other}? source.time declares it`,
  )
}

/** A day is known when it is over, so that a bar never shows before its last trade. */
function parseDay(text: string, parts: readonly string[], zone: string): ParsedTime {
  const date = dateOf(parts)
  if (date === undefined) return refused(text, 'there is no such day')

  const midnight = date + DAY_SECONDS
  const found = instantsOf(midnight, zone)
  const end = found[0] ?? midnight - offsetAt(midnight - DAY_SECONDS, zone)
  return { status: 'parsed', time: end - 1 }
}

function parseInstant(text: string, match: RegExpExecArray, zone: string | undefined): ParsedTime {
  const [, year, month, day, hour, minute, second = '00', fraction = '', given] = match
  const date = dateOf([year!, month!, day!])
  if (date === undefined) return refused(text, 'there is no such day')
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return refused(text, 'there is no such time of day')
  }

  const clock = date + Number(hour) * 3600 + Number(minute) * 60 + Number(second)
  const within = fraction === '' ? 0 : Number(`0${fraction}`)
  const where = given ?? zone
  if (where === undefined) {
    return refused(text, 'it names no zone: add Z or an offset, or declare source.zone')
  }
  if (given !== undefined && given !== 'Z' && offsetIn(given) === undefined) {
    return refused(text, 'there is no such offset')
  }

  const [first, second_] = instantsOf(clock, where)
  if (first === undefined)
    return refused(text, `the clocks of ${where} skip it: write it with an offset`)
  if (second_ !== undefined) {
    return refused(text, `the clocks of ${where} show it twice: write it with an offset`)
  }
  return { status: 'parsed', time: first + within }
}

/** Seconds from 1970 to the beginning of a day, as if it were UTC's; undefined where the calendar has no such day. */
function dateOf(parts: readonly string[]): number | undefined {
  const [year, month, day] = parts.map(Number) as [number, number, number]
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const isReal = year >= 1800 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isReal ? date.getTime() / 1000 : undefined
}

/** The instants at which the clocks of a zone show a time: one, none where they skip it, two where they go back. */
function instantsOf(clock: number, zone: string): number[] {
  if (zone === 'Z' || zone === 'UTC') return [clock]
  const fixed = offsetIn(zone)
  if (fixed !== undefined) return [clock - fixed]

  const offsets = [offsetAt(clock - DAY_SECONDS, zone), offsetAt(clock + DAY_SECONDS, zone)]
  const instants = [...new Set(offsets)].map((offset) => clock - offset)
  return instants.filter((at) => at + offsetAt(at, zone) === clock).sort((a, b) => a - b)
}

/** Seconds that an offset such as +05:30 is ahead of UTC; undefined where it is none. */
function offsetIn(text: string): number | undefined {
  const match = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(text)
  if (!match) return undefined
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  if (Number(match[3] ?? 0) > 59 || minutes > (MINUTES_A_DAY * 14) / 24) return undefined
  return (match[1] === '-' ? -60 : 60) * minutes
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(zone, clock)
  return clock
}

/** Seconds that a named zone is ahead of UTC at an instant. */
function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC') return 0
  const fixed = offsetIn(zone)
  if (fixed !== undefined) return fixed
  const parts = clockOf(zone).formatToParts(instant * 1000)
  const part = (type: string) => Number(parts.find((each) => each.type === type)!.value)
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return shown / 1000 - instant
}

function hintFor(text: string): string {
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b/.test(text)) {
    return 'day and month cannot be told apart; write YYYY-MM-DD'
  }
  if (/^\d{9,14}$/.test(text)) {
    return 'declare source.time as seconds or milliseconds if it counts them since 1970'
  }
  return 'write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SSZ'
}

function refused(text: string, hint: string): ParsedTime {
  return { status: 'refused', reason: `${JSON.stringify(text)} is not a usable date: ${hint}` }
}
