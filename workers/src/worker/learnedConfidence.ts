/* How much of a budget to wager, learned from what was said before: fractional Kelly on the edge over the aggregate. */
import type { History } from '../sources/history.ts'
import type { Series } from '../sources/series.ts'
import { mean } from '../models/maths/numbers.ts'

/** How confidence is learned. */
export interface LearnedRule {
  /** The most and the least that is wagered, basis points of the budget. */
  readonly cap: bigint
  readonly floor: bigint
  /** Share of what Kelly would wager. */
  readonly fraction: number
  /** Rounds that are looked back on. */
  readonly window: number
  /** Share of a stake that the topic puts at risk at full confidence. */
  readonly risk: number
}

export const DEFAULT_RULE: LearnedRule = {
  cap: 10_000n,
  floor: 2000n,
  fraction: 0.5,
  window: 120,
  risk: 0.04,
}

export interface LearnedConfidence {
  /** Basis points for the round that opens now, with how sure the model itself is: a share of 1. */
  at(history: History, share: number): bigint
  /** Keeps what was said in the round that opens now. */
  note(history: History, value: number): void
}

type Said = {
  now: number
  value: number
  /** What was published before, and the last truth then. */
  published: number | undefined
  last: number
  /** What the round is measured against, once it is known. */
  reference?: number
}

/** Fewer rounds than this show nothing, and a few more count as little. */
const LEAST = 10
const PRIOR = 20
/** As many predictions may wait for their truth. */
const MOST_OPEN = 512

/** What a unit of wager brings a prediction that is measured against another one, from -1 to 1: losses are squared errors. */
export function edgeOf(own: number, reference: number, truth: number): number {
  const [mine, theirs] = [(own - truth) ** 2, (reference - truth) ** 2]
  return mine + theirs === 0 ? 0 : (theirs - mine) / (mine + theirs)
}

/**
 * Share of a budget by Kelly (1956) for small edges: mean over second moment, shrunk while there are few rounds, times the
 * fraction, in units of what the topic puts at risk. Never below zero; may be above 1.
 */
export function kellyOf(
  edges: readonly number[],
  { fraction, risk }: Pick<LearnedRule, 'fraction' | 'risk'>,
): number {
  const count = edges.length
  if (count < LEAST) return 0
  const second = mean(edges.map((edge) => edge * edge))
  if (second === 0) return 0
  const shrunk = (count / (count + PRIOR)) * mean(edges)
  return Math.max(0, (fraction * shrunk) / second / risk)
}

/**
 * Follows a worker's own rounds. Each is measured against the aggregate that was published in it, or against the last value
 * where none was; the truth is the first row of the data after the opening.
 */
export function learnedConfidence({
  rule,
  truth,
}: {
  rule: LearnedRule
  truth: Series
}): LearnedConfidence {
  const open: Said[] = []
  const edges: number[] = []

  function learn(history: History): void {
    const { now, published } = history
    for (const each of open) {
      if (each.now >= now || each.reference !== undefined) continue
      const isNew = published !== undefined && published !== each.published
      each.reference = isNew ? published : each.last
    }
    while (open.length > 0 && open[0]!.reference !== undefined) {
      const { now: openedAt, value, reference } = open[0]!
      const index = firstAfter(history, openedAt)
      if (index >= history.length) break
      edges.push(edgeOf(value, reference!, truth(history, index)))
      open.shift()
    }
    edges.splice(0, Math.max(0, edges.length - rule.window))
  }

  return {
    at(history, share) {
      learn(history)
      const { cap, floor } = rule
      const wanted = Number(cap) * Math.min(1, kellyOf(edges, rule)) * share
      const bps = BigInt(Math.round(wanted))
      return bps > floor ? bps : floor
    },
    note(history, value) {
      const { now, published, length } = history
      if (open.at(-1)?.now === now) open.pop()
      open.push({ now, value, published, last: truth(history, length - 1) })
      if (open.length > MOST_OPEN) open.shift()
    },
  }
}

/** The first row that was not known at a moment; the history's length where there is none. */
function firstAfter({ length, at }: History, moment: number): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(middle).time <= moment) low = middle + 1
    else high = middle
  }
  return low
}
