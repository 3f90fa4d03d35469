import { createHash } from 'node:crypto'

/** One row of a price history: a trading day, an hour. */
export interface Bar {
  /** Unix seconds at which the whole bar was known. */
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** All that a worker may know at one instant. */
export interface History {
  /** Unix seconds. */
  readonly now: number
  /** How many bars are known by now. */
  readonly length: number
  /** The last aggregate the feed has published, if any. */
  readonly published: number | undefined
  /** The bar at an index; throws FutureReadError for one that is not known yet. */
  at(index: number): Bar
}

/** Shows the bars known by `now` and refuses the others. Bars must be in order of time. */
export function createHistory(known: {
  bars: readonly Bar[]
  now: number
  published?: number | undefined
}): History {
  const { bars, now, published } = known
  const length = countUntil(bars, now)

  return {
    now,
    length,
    published,
    at(index) {
      const bar = bars[index]
      if (bar === undefined) throw new RangeError(`No bar has the index ${index}`)
      if (bar.time > now) throw new FutureReadError({ time: bar.time, now })
      return bar
    },
  }
}

function countUntil(bars: readonly Bar[], now: number): number {
  let low = 0
  let high = bars.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (bars[middle]!.time <= now) low = middle + 1
    if (bars[middle]!.time > now) high = middle
  }
  return low
}

/** Numbers of a bar in a digest. */
const WIDTH = 6

/** SHA-256 of all that a history shows: its moment, what the feed said, and every number of every bar, bit by bit. */
export function digestOf({ now, published = NaN, length, at }: History): string {
  const numbers = new Float64Array(3 + WIDTH * length)
  numbers.set([now, published, length])
  for (let i = 0; i < length; i++) {
    const { time, open, high, low, close, volume } = at(i)
    numbers.set([time, open, high, low, close, volume], 3 + WIDTH * i)
  }
  return createHash('sha256').update(new Uint8Array(numbers.buffer)).digest('hex')
}

export class FutureReadError extends Error {
  constructor({ time, now }: { time: number; now: number }) {
    super(`A bar known at ${iso(time)} was read when it was only ${iso(now)}`)
    this.name = 'FutureReadError'
  }
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
