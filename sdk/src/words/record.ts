import { formatUnits, parseUnits } from 'viem'
import type { Address } from 'viem'
import { toFixed18 } from '../maths/float.ts'
import type { Outcome } from './outcome.ts'
import type { UnpackedPrediction } from './prediction.ts'
import type { TopicId, TopicParams } from './topic.ts'

/** A prediction as a reveal recorded it, and whose it is. */
export type RecordedPrediction = UnpackedPrediction & { worker: Address }

/** Something that happened in a topic, as its events tell it. Money in token base units. */
export type RecordedStep =
  | { kind: 'funded'; amount: bigint }
  /** A deposit counts from now on. */
  | { kind: 'staked'; worker: Address; amount: bigint }
  | { kind: 'unstaked'; worker: Address; amount: bigint }
  | { kind: 'slashed'; worker: Address; amount: bigint }
  | { kind: 'rotated'; from: Address; to: Address }
  | { kind: 'committed'; round: bigint; workers: readonly Address[] }
  | { kind: 'revealed'; round: bigint; predictions: readonly RecordedPrediction[] }
  /** `at`: when, unix seconds. */
  | { kind: 'published'; round: bigint; outcome: Outcome; at: bigint }
  /** The truth is 1e18 fixed point. */
  | { kind: 'resolved'; round: bigint; truth: bigint }
  | { kind: 'settled'; round: bigint; tip: bigint; poolChange: bigint }
  | { kind: 'voided'; round: bigint }

/** A topic's whole past, in the order in which it happened: enough to replay it without a chain. */
export type TopicRecord = {
  topic: TopicId
  terms: TopicParams
  steps: readonly RecordedStep[]
}

/** A round of a record; what did not happen is undefined. */
export type RecordedRound = {
  round: bigint
  predictions: readonly RecordedPrediction[]
  outcome?: Outcome
  publishedAt?: bigint
  truth?: bigint
  isSettled: boolean
  isVoid: boolean
}

/** What a record says of each round in which somebody committed, in their order. */
export function roundsIn({ steps }: Pick<TopicRecord, 'steps'>): RecordedRound[] {
  const rounds = new Map<bigint, RecordedRound>()
  for (const step of steps) {
    if (!('round' in step)) continue
    const { round } = step
    const before = rounds.get(round) ?? { round, predictions: [], isSettled: false, isVoid: false }
    rounds.set(round, after(before, step))
  }
  return [...rounds.values()].sort((a, b) => (a.round < b.round ? -1 : 1))
}

function after(before: RecordedRound, step: RecordedStep): RecordedRound {
  switch (step.kind) {
    case 'revealed':
      return { ...before, predictions: [...before.predictions, ...step.predictions] }
    case 'published':
      return { ...before, outcome: step.outcome, publishedAt: step.at }
    case 'resolved':
      return { ...before, truth: step.truth }
    case 'settled':
      return { ...before, isSettled: true }
    case 'voided':
      return { ...before, isVoid: true }
    default:
      return before
  }
}

/** A row of a table of predictions: `round`, `value`, and where they are there `valueExact` and `confidence`. */
export type StatedRow = { line: number; cells: Readonly<Record<string, string>> }

/** Predictions by round, as `whatIf` takes them. */
export type StatedPredictions = ReadonlyMap<bigint, { value: bigint; confidence: bigint }>

const DECIMAL = /^[+-]?\d+(\.\d+)?$/

/**
 * Reads the rows of a table of predictions; `auspex dataset` writes the same columns. A confidence is a share of the budget,
 * above 0 and at most 1, and 1 where there is none. The first fault refuses all of it.
 */
export function statedPredictions(
  rows: readonly StatedRow[],
  { min, max }: Pick<TopicParams, 'min' | 'max'>,
):
  | { status: 'read'; predictions: StatedPredictions }
  | { status: 'refused'; line: number; reason: string } {
  const predictions = new Map<bigint, { value: bigint; confidence: bigint }>()
  for (const { line, cells } of rows) {
    const refused = (reason: string) => ({ status: 'refused', line, reason }) as const
    const { round: number = '', valueExact, value: said = '', confidence: share = '1' } = cells
    if (!/^\d+$/.test(number)) return refused(`"${number}" is no number of a round`)
    const round = BigInt(number)
    if (predictions.has(round)) return refused(`round ${round} is there twice`)
    const value = valueOf(valueExact || said)
    if (value === undefined) return refused(`"${valueExact || said}" is no value`)
    if (value < min || value > max) {
      const [low, high] = [min, max].map((each) => formatUnits(each, 18))
      return refused(`${said} lies outside the topic's range, ${low} to ${high}`)
    }
    const confidence = Math.round(Number(share || 1) * 10_000)
    if (!(confidence >= 1 && confidence <= 10_000)) {
      return refused(`confidence "${share}" is no share above 0 and at most 1`)
    }
    predictions.set(round, { value, confidence: BigInt(confidence) })
  }
  return { status: 'read', predictions }
}

/** Decimal text as 1e18 fixed point, exactly; floats with an exponent as the nearest. */
function valueOf(text: string): bigint | undefined {
  if (DECIMAL.test(text)) return parseUnits(text.replace('+', ''), 18)
  const value = text === '' ? Number.NaN : Number(text)
  return Math.abs(value) < 1e21 ? toFixed18(value) : undefined
}
