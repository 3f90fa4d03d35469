import type { History } from '../../sources/history.ts'
import type { Series } from '../../sources/series.ts'
import type { Features } from '../features/window.ts'
import { positive, scaleOf, standardise } from '../maths/numbers.ts'
import type { Scale } from '../maths/numbers.ts'

/** How many of the latest bars a network trains on. */
const LATEST = 2000

/**
 * Signed targets lie around zero, positive ones are learned as logarithms, probabilities through a
 * sigmoid.
 */
export type Kind = 'signed' | 'positive' | 'probability'

export interface Scales {
  inputs: Scale[]
  output: Scale
}

/** What a network learns from: the latest bars as they are, and in its own scales. */
export interface Lesson {
  rows: number[][]
  truths: number[]
  inputs: number[][]
  targets: number[]
  scales: Scales
}

/** The lesson of a history, in scales given or its own. */
export function lessonOf(options: {
  history: History
  target: Series
  kind: Kind
  features: Features
  scales?: Scales | undefined
}): Lesson {
  const { history, target, kind, features } = options
  const first = Math.max(1, history.length - LATEST)
  const indexes = Array.from({ length: history.length - first }, (_, i) => first + i)

  const rows = indexes.map((index) => features(history, index - 1))
  const said = indexes.map((index) => target(history, index))
  const truths = kind === 'positive' ? said.map(positive) : said
  const targets = kind === 'positive' ? truths.map(Math.log) : truths

  const inputs = options.scales?.inputs ?? columns(rows).map(scaleOf)
  const output = options.scales?.output ?? outputScale({ kind, targets })
  return {
    rows,
    truths,
    inputs: rows.map((row) => standardise(row, inputs)),
    targets: targets.map((value) => (value - output.centre) / output.spread),
    scales: { inputs, output },
  }
}

function outputScale({ kind, targets }: { kind: Kind; targets: number[] }): Scale {
  if (kind === 'probability') return { centre: 0, spread: 1 }
  const scale = scaleOf(targets)
  return kind === 'signed' ? { ...scale, centre: 0 } : scale
}

function columns(rows: number[][]): number[][] {
  return rows[0]!.map((_, i) => rows.map((row) => row[i]!))
}
