import { BadInput } from '../lib/checks.ts'

/** What is played. */
export type Options = {
  /** Topics that live at once, and the seats taken in each of them. */
  topics: number
  seats: number
  /** Rounds each of them plays before the reputer is left alone. */
  rounds: number
  /** Seats of the widest topic of the other axis. */
  widest: number
}

const bounds: Record<keyof Options, { least: number; most: number }> = {
  topics: { least: 1, most: 10_000 },
  seats: { least: 1, most: 256 },
  rounds: { least: 1, most: 1_000 },
  widest: { least: 16, most: 256 },
}

/** Takes the command line's words for numbers. */
export function readOptions(words: Record<keyof Options, string>): Options {
  const read = (name: keyof Options) => {
    const { least, most } = bounds[name]
    const word = words[name]
    const number = /^\d{1,9}$/.test(word) ? Number(word) : Number.NaN
    if (number >= least && number <= most) return number
    throw new BadInput(`--${name} takes a whole number from ${least} to ${most}, not ${word}`)
  }
  return {
    topics: read('topics'),
    seats: read('seats'),
    rounds: read('rounds'),
    widest: read('widest'),
  }
}
