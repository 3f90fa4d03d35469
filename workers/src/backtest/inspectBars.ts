/* What a table of bars looks like to somebody who is about to train on it. */
import type { Bar } from '../sources/history.ts'
import type { Question } from '../sources/questions.ts'
import type { RecordedSource } from '../sources/dataSource.ts'
import { questions } from '../sources/questions.ts'
import { quantile } from './maths/tests.ts'
import { shiftedColumns } from './findLeaks.ts'

export interface Inspection {
  readonly rows: number
  /** When the first row and the last are of, unix seconds. */
  readonly first: number
  readonly last: number
  /** Seconds from a row to the next, as it usually is. */
  readonly spacing: number
  /** What is unusual, in words; the data can be used all the same. */
  readonly warnings: readonly string[]
  /** What knows the future. */
  readonly leaks: readonly string[]
}

/** A pause this many times as long as usual is a gap. */
const GAP = 3.5
/** Rows without any move that are suspicious together. */
const FLAT = 10
/** A move this many usual ones long is probably a mistake. */
const JUMP = 25
const LEAST_ROWS = 50

/** Looks at gaps, flat stretches, jumps, bars without a range, and columns that hold the future. */
export async function inspectBars(options: {
  source: RecordedSource
  question: Question['name']
}): Promise<Inspection> {
  const { source } = options
  const question = questions.find(({ name }) => name === options.question)!
  const history = await source.read({ now: Infinity })
  const bars = Array.from({ length: history.length }, (_, i) => history.at(i))
  const pauses = bars.slice(1).map(({ time }, i) => time - bars[i]!.time)
  const spacing = middleOf(pauses)
  const leaks = shiftedColumns({ bars, question })
  return {
    rows: bars.length,
    first: bars[0]!.time,
    last: bars.at(-1)!.time,
    spacing,
    warnings: [
      ...(bars.length < LEAST_ROWS ? [`only ${bars.length} rows: models need more`] : []),
      ...gapsIn(bars, spacing),
      ...flatIn(bars),
      ...jumpsIn(bars),
      ...(question.name === 'volatility' ? rangelessIn(bars) : []),
    ],
    leaks: leaks.map(({ culprit, why }) => `${culprit}: ${why}`),
  }
}

function gapsIn(bars: readonly Bar[], spacing: number): string[] {
  const gaps = bars.slice(1).flatMap(({ time }, i) => {
    const pause = time - bars[i]!.time
    return pause > GAP * spacing ? [{ pause, at: bars[i]!.time }] : []
  })
  if (gaps.length === 0) return []
  const longest = gaps.reduce((most, each) => (each.pause > most.pause ? each : most))
  return [
    `${gaps.length} gaps of more than ${GAP} usual rows; the longest, ${longest.pause} s, after ${iso(longest.at)}`,
  ]
}

function flatIn(bars: readonly Bar[]): string[] {
  let [longest, length, end] = [0, 0, 0]
  for (let i = 1; i < bars.length; i++) {
    length = bars[i]!.close === bars[i - 1]!.close ? length + 1 : 0
    if (length > longest) [longest, end] = [length, i]
  }
  if (longest < FLAT) return []
  return [`the close stands still for ${longest} rows, until ${iso(bars[end]!.time)}`]
}

function jumpsIn(bars: readonly Bar[]): string[] {
  const moves = bars.slice(1).map(({ close }, i) => Math.abs(close - bars[i]!.close))
  const usual = middleOf(moves.filter((move) => move > 0))
  const jumps = moves.flatMap((move, i) => (usual > 0 && move > JUMP * usual ? [i + 1] : []))
  if (jumps.length === 0) return []
  const { time, close } = bars[jumps[0]!]!
  return [
    `${jumps.length} moves of more than ${JUMP} usual ones; the first, to ${close}, at ${iso(time)}`,
  ]
}

function rangelessIn(bars: readonly Bar[]): string[] {
  const count = bars.filter(({ high, low }) => high === low).length
  if (count === 0) return []
  return [`${count} rows have no range (high equals low): their volatility counts as zero`]
}

/** The median; zero of nothing. */
function middleOf(values: readonly number[]): number {
  return values.length === 0
    ? 0
    : quantile(
        [...values].sort((a, b) => a - b),
        0.5,
      )
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
