/* The past that a topic is simulated on: of its truth source, of a file, or of the sample laid into the topic's range. */
import { readFileSync } from 'node:fs'
import type { AuspexClient, QuestionKind, TopicParams } from '@auspex/sdk'
import { fromFixed18, toFixed18 } from '@auspex/sdk/maths'
import { OperatorError, parseTime, questions } from '@auspex/workers'
import { parseNumber, readRows, readSampleSource } from '@auspex/workers/models'
import { parseUnits } from 'viem'
import { lookAtTruth } from '../lookAtTruth.ts'
import { spanOf } from '../units.ts'

/** One round of the past, values in 1e18 fixed point. */
export type PastRound = {
  /** What happened; undefined where the source does not know it, which makes the round void. */
  truth: bigint | undefined
  /** The newest value that was public when commits closed; undefined before there was one. */
  known: bigint | undefined
}

export type Past = {
  rounds: readonly PastRound[]
  /** Where the values come from and how they became rounds, in words. */
  source: string
}

type Rhythm = Pick<TopicParams, 'cadence' | 'commitWindow' | 'horizon'>

/** Fewer rounds than this show nothing. */
export const FEWEST_ROUNDS = 10

/** One truth a round, as they follow on one another: what is public of them follows from the topic's rhythm. */
export function roundsOf(truths: readonly (bigint | undefined)[], terms: Rhythm): PastRound[] {
  const { cadence, commitWindow, horizon } = terms
  const lag = Number((horizon - commitWindow + cadence - 1n) / cadence)
  return truths.map((truth, i) => ({
    truth,
    known: truths.slice(0, Math.max(0, i - lag + 1)).findLast((each) => each !== undefined),
  }))
}

/** What the topic's truth source says of past rounds; undefined where it shows too few of them. */
export async function pastOfSource(
  client: AuspexClient,
  { params, rounds }: { params: TopicParams; rounds: number },
): Promise<Past | undefined> {
  const look = await lookAtTruth(client, params, { now: await client.now(), most: rounds })
  if (look.status === 'mistaken') return undefined
  const [first] = look.past
  const last = look.past.at(-1)
  if (look.past.length < FEWEST_ROUNDS || first === undefined || last === undefined) {
    return undefined
  }
  const told = new Map(look.past.map(({ targetTime, value }) => [targetTime, value]))
  const count = Number((last.targetTime - first.targetTime) / params.cadence) + 1
  const truths = Array.from({ length: count }, (_, i) =>
    told.get(first.targetTime + BigInt(i) * params.cadence),
  )
  const source = `the truth source’s own past, ${count} rounds`
  return { rounds: roundsOf(truths, params), source }
}

type Row = { time: bigint; value: bigint }

/**
 * What a CSV file with the columns date and value (or close) says. Where its rows come as often as rounds open, or more often,
 * each round takes the newest row at its target; where they come more seldom, each row is the truth of one round.
 */
export function pastOfFile(
  file: string,
  { terms, rounds }: { terms: Rhythm; rounds: number },
): Past {
  const rows = readHistory(file)
  const spacing = usualSpacing(rows)
  if (spacing > terms.cadence) {
    const truths = rows.slice(-rounds).map(({ value }) => value)
    const source = `${file}: a row every ${spanOf(spacing)} and a round every ${spanOf(terms.cadence)}, so that each of ${truths.length} rows is the truth of one round`
    return { rounds: roundsOf(truths, terms), source }
  }
  const past = sampled(rows, terms).slice(-rounds)
  if (past.length < FEWEST_ROUNDS) {
    throw new OperatorError(
      'requirement',
      `${file} holds ${past.length} rounds of this rhythm, and at least ${FEWEST_ROUNDS} are needed. Add rows.`,
    )
  }
  return { rounds: past, source: `${file}, ${past.length} rounds` }
}

function sampled(rows: readonly Row[], { cadence, commitWindow, horizon }: Rhythm): PastRound[] {
  const past: PastRound[] = []
  let [known, truth] = [0, 0]
  const last = rows.at(-1)!.time
  for (let opened = rows[0]!.time; opened + horizon <= last; opened += cadence) {
    while (known + 1 < rows.length && rows[known + 1]!.time <= opened + commitWindow) known += 1
    while (truth + 1 < rows.length && rows[truth + 1]!.time <= opened + horizon) truth += 1
    past.push({ known: rows[known]!.value, truth: rows[truth]!.value })
  }
  return past
}

function usualSpacing(rows: readonly Row[]): bigint {
  const gaps = rows.slice(1).map(({ time }, i) => time - rows[i]!.time)
  return gaps.sort((a, b) => (a < b ? -1 : 1))[Math.floor(gaps.length / 2)]!
}

function readHistory(file: string): Row[] {
  const columns = { required: ['date'], optional: ['value', 'close'] }
  const read = readRows({ text: textOf(file), columns, isGrowing: false })
  const refuse = (line: number, reason: string) =>
    new OperatorError('usage', `${file}:${line}: ${reason}. Correct it and try again.`)
  if (read.status === 'refused') throw refuse(read.line, read.reason)

  const rows: Row[] = []
  for (const { line, cells } of read.rows) {
    const text = cells.value ?? cells.close
    if (text === undefined) throw refuse(1, 'no column value, nor close')
    const value = parseNumber(text)
    if (value.status === 'refused') throw refuse(line, `value ${value.reason}`)
    const moment = parseTime(cells.date!)
    if (moment.status === 'refused') throw refuse(line, `date ${moment.reason}`)
    const time = BigInt(Math.floor(moment.time))
    const before = rows.at(-1)
    if (before && before.time >= time) {
      throw refuse(line, `date ${cells.date} is not after the row before: sort the rows`)
    }
    rows.push({ time, value: toFixed18(value.value) })
  }
  if (rows.length >= FEWEST_ROUNDS) return rows
  throw refuse(1, `${rows.length} rows, and at least ${FEWEST_ROUNDS} are needed`)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new OperatorError('usage', `There is no file to read at ${file}. Check --history.`)
  }
}

/** How the sample becomes truths of a kind: raw, or laid so that it starts at center and moves by sigma. */
type Laid = { question: 'close' | 'volatility' | 'move'; lay: Lay; words: string }
type Lay = (series: readonly number[], terms: { center: number; sigma: number }) => number[]

const walks: Lay = (series, { center, sigma }) => {
  const step = deviation(changesOf(series))
  return series.map((value) => center + ((value - series[0]!) / step) * sigma)
}
const grows: Lay = (series, { center, sigma }) => {
  const logs = series.map(Math.log)
  const power = sigma / center / deviation(changesOf(logs))
  return logs.map((value) => center * Math.exp(power * (value - logs[0]!)))
}
const swings: Lay = (series, { center, sigma }) => {
  const [middle, wide] = [mean(series), deviation(series)]
  return series.map((value) => center + ((value - middle) / wide) * sigma)
}
const stays: Lay = (series) => [...series]

const laidAs: Readonly<Record<QuestionKind, Laid>> = {
  price: { question: 'close', lay: grows, words: 'closes' },
  return: {
    question: 'close',
    lay: (series, to) => swings(changesOf(series.map(Math.log)), to),
    words: 'returns',
  },
  volatility: { question: 'volatility', lay: swings, words: 'volatilities' },
  probability: { question: 'move', lay: stays, words: 'days that moved by more than 1 %' },
  rate: { question: 'close', lay: walks, words: 'closes' },
  generic: { question: 'close', lay: walks, words: 'closes' },
}

/** The shipped sample as rounds of a topic: how one real series moved, in the topic's own range. */
export async function pastOfSample(options: {
  kind: QuestionKind
  terms: Rhythm & Pick<TopicParams, 'center' | 'sigma'>
  rounds: number
}): Promise<Past> {
  const { kind, terms, rounds } = options
  const { question, lay, words } = laidAs[kind]
  const source = await readSampleSource()
  const history = await source.read({ now: source.times.at(-1)! })
  const { truth } = questions.find(({ name }) => name === question)!
  const first = Math.max(1, history.length - rounds - 1)
  const series = Array.from({ length: history.length - first }, (_, i) => truth(history, first + i))
  const to = { center: fromFixed18(terms.center), sigma: fromFixed18(terms.sigma) }
  // A walk that grows by parts of itself needs something to grow from.
  const laid = lay === grows && to.center <= 0 ? walks(series, to) : lay(series, to)
  const truths = laid.slice(-rounds).map(fixedOf)
  const scaled =
    kind === 'probability' ? '' : ', laid so that they begin at center and move by sigma'
  return {
    rounds: roundsOf(truths, terms),
    source: `the sample, ${truths.length} ${words} of the S&P 500 until 2020${scaled}: not this topic’s own past`,
  }
}

/** To nine digits after the point: what is laid by floats has no more to say. */
function fixedOf(value: number): bigint {
  return parseUnits(value.toFixed(9), 18)
}

function changesOf(series: readonly number[]): number[] {
  return series.slice(1).map((value, i) => value - series[i]!)
}

function mean(series: readonly number[]): number {
  return series.reduce((sum, each) => sum + each, 0) / Math.max(1, series.length)
}

function deviation(series: readonly number[]): number {
  const middle = mean(series)
  return Math.sqrt(mean(series.map((each) => (each - middle) ** 2))) || 1
}
