import { appendFileSync, writeFileSync } from 'node:fs'
import { createRandom } from '@auspex/workers/models'

/** A bar of the mock market: when it is known, unix seconds, and its price. */
export interface Tick {
  readonly time: number
  readonly price: number
}

/** Prices that a model can learn something of: they swing around a drifting middle, in calm and wild times by turns. */
export interface Walk {
  /** Where its rows are, as a CSV that grows: date (seconds), open, high, low, close. */
  readonly file: string
  /** Goes one step and writes it down. */
  step(time: number): Tick
}

const START = 100
/** Share of the way to the middle that a step goes back. */
const PULL = 0.12
const CALM = 0.004
const SWING = 0.9

/** Begins with a past of so many steps, one every `cadence` seconds, that ends before `until`. Equal seeds walk alike. */
export function openWalk(options: {
  file: string
  past: number
  cadence: number
  until: number
  seed: number
}): Walk {
  const { file, past, cadence, until, seed } = options
  const random = createRandom(seed)
  let price = START
  let middle = START
  let size = CALM

  function step(time: number): Tick {
    const open = price
    size = CALM * (1 - SWING) + SWING * size * (0.75 + 0.5 * random())
    middle *= 1 + size * 0.3 * normal()
    price += PULL * (middle - price) + price * size * normal()
    const [high, low] = [1 + size * random(), 1 - size * random()]
    const row = [open, Math.max(open, price) * high, Math.min(open, price) * low, price]
    appendFileSync(file, `${[time, ...row].join(',')}\n`)
    return { time, price }
  }

  function normal(): number {
    return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  }

  writeFileSync(file, 'date,open,high,low,close\n')
  for (let i = past; i >= 1; i--) step(until - i * cadence)
  return { file, step }
}
