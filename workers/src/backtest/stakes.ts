/* What a model would have earned: the protocol's own rules on a topic's recorded field, or on one of baselines. */
import { defaultsFor } from '@auspex/sdk'
import type { QuestionKind, TopicParams, TopicRecord } from '@auspex/sdk'
import { openTwinTopic, replayRecord, settleTurn, fromFixed18, toFixed18 } from '@auspex/sdk/maths'
import type { ReplayedTurn, TwinTerms } from '@auspex/sdk/maths'
import type { Question } from '../sources/questions.ts'
import { baselineNames } from './baselines.ts'
import type { BaselineName } from './baselines.ts'
import type { AskedRound } from './walkForward.ts'

/** What one round cost or brought, token base units. */
export interface Earned {
  readonly round: bigint
  readonly wager: bigint
  readonly payout: bigint
  /** Payout less wager; below zero the stake shrank. */
  readonly change: bigint
  /** What a round would have taken for a prediction that was sealed and not opened: its whole budget. */
  readonly atRisk: bigint
  /** Stake after the round. */
  readonly stake: bigint
}

/** A model's career in a topic. */
export interface Career {
  /** Who it played against. */
  readonly field: 'recorded' | 'simulated'
  readonly start: bigint
  readonly end: bigint
  readonly earned: readonly Earned[]
  /** Units of gas that all its rounds took, where it sends by itself. */
  readonly gas: bigint
  /** Where the topic restarted, and how often: nobody's record counted at that moment. */
  readonly restarts: bigint
  /** The aggregate with the model in it, by round, 1e18 fixed point. */
  readonly aggregates: ReadonlyMap<bigint, bigint>
  /** Stakes of the others at the end, by name. */
  readonly others: ReadonlyMap<string, bigint>
  /** Where a record and its replay without the model differ; empty where the record is whole. */
  readonly differences: readonly string[]
}

/** The name of the model in its own replay. */
export const SELF = 'the model'

/** What committing and revealing directly takes; see `npm run bench:gas`. */
const GAS_OF_ROUND = 310_000n

/** Plays the model in the topic's own past, against all workers of the time. */
export function playRecorded(options: {
  record: TopicRecord
  asked: readonly AskedRound[]
  stake: bigint
}): Career {
  const { record, asked, stake } = options
  const { min, max } = record.terms
  const predictions = new Map(
    asked.flatMap(({ round, value, confidence }) =>
      value === undefined || value < min || value > max ? [] : [[round, { value, confidence }]],
    ),
  )
  const { differences } = replayRecord({ record })
  const { turns, twin } = replayRecord({ record, guests: [{ name: SELF, stake, predictions }] })
  const workers = new Set(turns.flatMap((turn) => turn.predictions.map(({ worker }) => worker)))
  workers.delete(SELF)
  return careerOf({
    field: 'recorded',
    start: stake,
    turns,
    differences,
    restarts: twin.rule.era,
    others: new Map([...workers].map((name) => [name, twin.stakeOf(name)])),
  })
}

/** Terms of a topic that asks a question, where none is named: the defaults for its kind. */
export function simulatedTerms({
  question,
  truths,
}: {
  question: Pick<Question, 'measure'>
  /** Truths from before the first round, from which the first range follows. */
  truths: readonly number[]
}): TwinTerms {
  const kinds: Record<Question['measure'], QuestionKind> = {
    level: 'price',
    volatility: 'volatility',
    probability: 'probability',
  }
  const moves = truths.slice(1).map((truth, i) => (truth - truths[i]!) ** 2)
  const spread = Math.sqrt(moves.reduce((sum, each) => sum + each, 0) / Math.max(1, moves.length))
  const last = truths.at(-1) ?? 0
  const { min, max, sigma, ...defaults } = defaultsFor(kinds[question.measure], 4n)
  return {
    start: 0n,
    cadence: 86_400n,
    commitWindow: 3600n,
    revealWindow: 3600n,
    horizon: 75_600n,
    truthWindow: 7200n,
    riskBps: 400n,
    min: min ?? -(2n ** 103n),
    max: max ?? 2n ** 103n - 1n,
    center: question.measure === 'probability' ? toFixed18(0.5) : toFixed18(last),
    sigma: sigma ?? toFixed18(Math.max(spread, 1e-9)),
    ...defaults,
  }
}

/** Plays the model against the baselines, each with as much at stake as it and half its confidence. */
export function playSimulated(options: {
  terms: TwinTerms
  asked: readonly AskedRound[]
  baselines: Readonly<Record<BaselineName, readonly number[]>>
  stake: bigint
  /** Confidence of each baseline in each round, basis points; half where it is left out. */
  field?: Readonly<Record<string, readonly bigint[]>>
}): Career {
  const { terms, asked, baselines, stake, field: shares } = options
  const twin = openTwinTopic({ terms, pool: 2n * stake })
  for (const name of [SELF, ...baselineNames]) twin.deposit(name, stake)
  const turns = asked.map(({ value, confidence, truth }, i): ReplayedTurn => {
    const own = value === undefined ? [] : [{ worker: SELF, value, confidence }]
    const field = baselineNames.map((worker) => ({
      worker,
      value: toFixed18(baselines[worker][i]!),
      confidence: shares?.[worker]?.[i] ?? 5000n,
    }))
    const within = [...own, ...field].map((each) => ({
      ...each,
      value: clamped(each.value, terms),
    }))
    // Rounds count from zero here: the topic has no calendar but its own.
    const turn = twin.publish(twin.commit(BigInt(i), within))
    return settleTurn(twin, turn, { round: asked[i]!.round, truth })
  })
  return careerOf({
    field: 'simulated',
    start: stake,
    turns,
    differences: [],
    restarts: twin.rule.era,
    others: new Map(baselineNames.map((name) => [name, twin.stakeOf(name)])),
  })
}

function clamped(value: bigint, { min, max }: Pick<TopicParams, 'min' | 'max'>): bigint {
  if (value < min) return min
  return value > max ? max : value
}

function careerOf(options: {
  field: Career['field']
  start: bigint
  turns: readonly ReplayedTurn[]
  differences: readonly string[]
  restarts: bigint
  others: ReadonlyMap<string, bigint>
}): Career {
  const { start, turns, ...rest } = options
  const earned = turns.flatMap(({ round, predictions, changes, stakes }) => {
    const at = predictions.findIndex(({ worker }) => worker === SELF)
    const own = predictions[at]
    if (own === undefined) return []
    const { wager, budget = wager } = own
    const change = changes[at]!
    return [{ round, wager, payout: wager + change, change, atRisk: budget, stake: stakes[at]! }]
  })
  return {
    ...rest,
    start,
    end: earned.at(-1)?.stake ?? start,
    earned,
    gas: GAS_OF_ROUND * BigInt(earned.length),
    aggregates: new Map(turns.map(({ round, aggregate }) => [round, aggregate.value])),
  }
}

/** Tokens as a double, for charts and tables. */
export function tokensOf(units: bigint): number {
  return fromFixed18(units)
}
