/* A backtest whole: rounds of the past put to the live worker's own predict, measured, paid and checked for leaks. */
import { roundsIn } from '@auspex/sdk'
import type { TopicRecord } from '@auspex/sdk'
import { openTime, fromFixed18 } from '@auspex/sdk/maths'
import { modelName } from '../models/adapters/modelConfig.ts'
import { silent } from '../runtime/log.ts'
import { OperatorError } from '../runtime/operatorError.ts'
import { createRecordedSource } from '../sources/dataSource.ts'
import type { RecordedSource } from '../sources/dataSource.ts'
import { openSource } from '../sources/openSource.ts'
import { questions } from '../sources/questions.ts'
import { DEFAULT_RULE } from '../worker/learnedConfidence.ts'
import { openPredictor } from '../worker/prediction/openPredictor.ts'
import type { PredictorOptions } from '../worker/prediction/openPredictor.ts'
import { assess } from './assess.ts'
import type { Assessment, Duel } from './assess.ts'
import { answerBaselines, baselineNames } from './baselines.ts'
import { compareConfidences, learnedField, learnedOver } from './confidences.ts'
import type { StakeCurve } from './confidences.ts'
import { findLeaks } from './findLeaks.ts'
import type { LeakFound } from './findLeaks.ts'
import { lossesOf } from './maths/losses.ts'
import { playRecorded, playSimulated, simulatedTerms } from './stakes.ts'
import type { Career } from './stakes.ts'
import { answeredOf, roundsOf, walkForward } from './walkForward.ts'
import type { AskedRound, PastRound } from './walkForward.ts'

export type BacktestOptions = Pick<
  PredictorOptions,
  'question' | 'model' | 'seed' | 'requireGpu' | 'source' | 'confidence' | 'maxSigmas' | 'withinMs'
> & {
  /** How many rounds at most. */
  rounds: number
  /** Bars from an opening to its target. */
  horizon: number
  /** First opening, unix seconds; the last rounds of the data where it is left out. */
  from?: number | undefined
  /** A topic's past to play in; the baselines where it is left out. */
  record?: TopicRecord | undefined
  /** At stake before the first round, token base units. */
  stake: bigint
  /** Moments at which leaks are looked for; none looks at the columns alone. */
  leakMoments: number
  signal?: AbortSignal
  onRound?: (done: number, of: number) => void
}

/** A: beats every rival beyond chance. B: beats them in the mean. C: beats the naive forecast. D: does not. F: knows too much. */
export type Grade = 'A' | 'B' | 'C' | 'D' | 'F'

export interface Backtest {
  readonly model: string
  readonly question: string
  readonly asked: readonly AskedRound[]
  readonly abstained: number
  readonly assessment: Assessment
  readonly halves: readonly {
    readonly name: string
    readonly rounds: number
    readonly ratio: number
  }[]
  readonly career: Career
  /** The same predictions with a constant, a learned and full confidence. */
  readonly curves: readonly StakeCurve[]
  /** How often the topic would have restarted if the whole field of rivals learned its confidence; absent on a record. */
  readonly learnedRestarts?: bigint
  readonly leaks: readonly LeakFound[]
  readonly grade: Grade
  readonly why: string
  readonly isHonest: boolean
}

/** Fewer answers than this say nothing. */
const LEAST_ANSWERS = 20
const LEAST_BARS = 50
const YEAR = 250

export async function runBacktest(options: BacktestOptions): Promise<Backtest> {
  const { horizon, record, seed, stake, signal, onRound, leakMoments } = options
  const question = questions.find(({ name }) => name === options.question)!
  const source = await recordedFrom(options)
  const rounds = record
    ? recordedRounds(record, options)
    : await roundsOf({ source, question, rounds: options.rounds, horizon, from: options.from })
  const past = rounds.filter(({ openedAt }) => countUntil(source.times, openedAt) >= LEAST_BARS)
  if (past.length < LEAST_ANSWERS && record === undefined) {
    throw new OperatorError(
      'usage',
      `${source.name} has ${source.times.length} rows, which makes ${past.length} rounds with ${LEAST_BARS} rows before them. At least ${LEAST_ANSWERS} are needed: give more rows, or an earlier --from.`,
    )
  }

  const { model, confidence, maxSigmas, requireGpu, withinMs } = options
  const asLive = { model, confidence, maxSigmas, requireGpu, withinMs, seed, log: silent }
  const open = (at: BacktestOptions['source']) =>
    openPredictor({ ...asLive, question: question.name, source: at })
  const predictor = open(options.source)
  try {
    const opened = await predictor.opened
    if (opened.status === 'refused') throw opened.error
    const asked = await walkForward({
      predict: predictor.predict,
      rounds: past,
      ...(signal && { signal }),
      onRound: (done) => onRound?.(done, past.length),
    })
    const leaks = await findLeaks({ source, question, open, moments: momentsOf(past, leakMoments) })
    const answered = answeredOf(asked)
    if (answered.length === 0) {
      throw new OperatorError(
        'error',
        `${modelName(model)} abstained in all ${asked.length} rounds: ${asked[0]?.reason ?? 'there is none'}`,
      )
    }

    const baselines = await answerBaselines({ source, question, rounds: asked })
    const terms = record
      ? undefined
      : simulatedTerms({ question, truths: await truthsBefore(asked, source, question) })
    const play = (some: readonly AskedRound[], field?: Record<string, readonly bigint[]>) =>
      record
        ? playRecorded({ record, asked: some, stake })
        : playSimulated({ terms: terms!, asked: some, baselines, stake, ...(field && { field }) })
    const career = play(asked)
    const curves = await compareConfidences({
      ...{ asked, source, question, play },
      configured: options.confidence,
    })
    const learned = await learnedOver({ asked, source, question }, DEFAULT_RULE)
    const learnedRestarts = record
      ? undefined
      : play(learned, await learnedField({ rounds: asked, values: baselines, source, question }))
          .restarts
    const places = asked.flatMap(({ value }, i) => (value === undefined ? [] : [i]))
    const rivals = {
      ...Object.fromEntries(
        baselineNames.map((name) => [name, places.map((i) => baselines[name][i]!)]),
      ),
      ...(record && { aggregate: aggregatesOf(record, answered) }),
    }
    const compared = {
      truths: answered.map(({ was }) => was),
      own: answered.map(({ said }) => said),
      rivals,
    }
    const assessment = assess({ compared, question, horizon, seed })
    const halves = halvesOf({ compared, question, horizon })
    const { grade, why } = gradeOf({ duels: assessment.duels, leaks, answers: answered.length })
    return {
      model: modelName(model),
      question: question.name,
      asked,
      abstained: asked.length - answered.length,
      assessment,
      halves,
      career,
      curves,
      ...(learnedRestarts !== undefined && { learnedRestarts }),
      leaks,
      grade,
      why,
      isHonest: leaks.length === 0 && career.differences.length === 0,
    }
  } finally {
    await predictor.close()
  }
}

/** All that a source has by now, as one record. */
async function recordedFrom({ source: config }: BacktestOptions): Promise<RecordedSource> {
  const source = await openSource(config)
  const history = await source.read({ now: Infinity })
  const bars = Array.from({ length: history.length }, (_, i) => history.at(i))
  return createRecordedSource({ name: source.name, bars })
}

/** The settled rounds of a topic, each with what the feed said when it opened. */
export function recordedRounds(
  record: TopicRecord,
  { rounds, from = -Infinity }: { rounds: number; from?: number | undefined },
): PastRound[] {
  const past = roundsIn(record)
  const published = past.flatMap(({ outcome, publishedAt, round }) =>
    outcome === undefined ? [] : [{ round, value: outcome.value, at: publishedAt! }],
  )
  const settled = past.flatMap(({ round, truth }): PastRound[] => {
    if (truth === undefined) return []
    const opensAt = openTime(record.terms, round)
    const last = published.findLast((each) => each.round < round && each.at <= opensAt)
    return [
      {
        round,
        openedAt: Number(opensAt),
        truth,
        published: last && fromFixed18(last.value),
      },
    ]
  })
  const wanted = settled.filter(({ openedAt }) => openedAt >= from)
  return from === -Infinity ? wanted.slice(-rounds) : wanted.slice(0, rounds)
}

function countUntil(times: readonly number[], now: number): number {
  const after = times.findIndex((time) => time > now)
  return after === -1 ? times.length : after
}

function aggregatesOf(record: TopicRecord, asked: readonly { round: bigint }[]) {
  const values = new Map(roundsIn(record).map(({ round, outcome }) => [round, outcome?.value]))
  return asked.map(({ round }) => {
    const value = values.get(round)
    return value === undefined ? undefined : fromFixed18(value)
  })
}

/** Evenly over the rounds, the last one among them. */
function momentsOf(past: readonly PastRound[], count: number): number[] {
  return Array.from({ length: Math.min(count, past.length) }, (_, i) => {
    const place = Math.floor(((i + 1) * past.length) / count) - 1
    return past[Math.max(0, place)]!.openedAt
  })
}

/** The truths of the last year before the first round. */
async function truthsBefore(
  asked: readonly AskedRound[],
  source: RecordedSource,
  question: (typeof questions)[number],
): Promise<number[]> {
  const history = await source.read({ now: asked[0]!.openedAt })
  const first = Math.max(0, history.length - YEAR)
  return Array.from({ length: history.length - first }, (_, i) =>
    question.truth(history, first + i),
  )
}

/** The first half of the rounds and the second, with one horizon between them, so that no target stands in both. */
function halvesOf(options: {
  compared: Parameters<typeof assess>[0]['compared']
  question: Parameters<typeof lossesOf>[0]
  horizon: number
}): Backtest['halves'] {
  const { compared, question, horizon } = options
  const { truths, own, rivals } = compared
  const [lossOf] = Object.values(lossesOf(question))
  const naive = rivals['last']!
  const middle = Math.floor(truths.length / 2)
  const parts = [
    { name: 'first half', from: 0, to: middle },
    { name: 'second half', from: Math.min(truths.length, middle + horizon), to: truths.length },
  ]
  return parts.flatMap(({ name, from, to }) => {
    if (to <= from) return []
    let [mine, theirs] = [0, 0]
    for (let i = from; i < to; i++) {
      mine += lossOf!(own[i]!, truths[i]!)
      theirs += lossOf!(naive[i]!, truths[i]!)
    }
    return [{ name, rounds: to - from, ratio: mine / theirs }]
  })
}

const CHANCE = 0.05

function gradeOf({
  duels,
  leaks,
  answers,
}: {
  duels: readonly Duel[]
  leaks: readonly LeakFound[]
  answers: number
}): { grade: Grade; why: string } {
  const [leak] = leaks
  if (leak) return { grade: 'F', why: `${leak.culprit}: ${leak.why}` }
  const first = duels[0]?.loss
  const main = duels.filter(({ loss }) => loss === first)
  const naive = main.find(({ rival }) => rival === 'last')!
  if (answers < LEAST_ANSWERS)
    return { grade: 'D', why: `only ${answers} answers: nothing is shown` }
  const worse = main.filter(({ ratio }) => !(ratio < 1))
  const unsure = main.filter(({ test }) => test === undefined || test.p >= CHANCE)
  if (worse.length === 0 && unsure.length === 0) {
    return { grade: 'A', why: 'it beats every rival beyond chance' }
  }
  const names = (some: readonly Duel[]) => some.map(({ rival }) => rival).join(', ')
  if (worse.length === 0) {
    return { grade: 'B', why: `it beats every rival in the mean; ${names(unsure)} may be chance` }
  }
  if (naive.ratio < 1)
    return { grade: 'C', why: `it beats the last value, but not ${names(worse)}` }
  return { grade: 'D', why: `it does not beat the last value (ratio ${naive.ratio.toFixed(3)})` }
}
