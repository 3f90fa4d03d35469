import { mean } from '../models/maths/numbers.ts'
import type { Question } from '../sources/questions.ts'
import { intervalScore, lossesOf } from './maths/losses.ts'
import { bootstrapRatio, dieboldMariano, evenness, quantile } from './maths/tests.ts'
import type { Tested } from './maths/tests.ts'

/** Forecasts of the same rounds, and what came true. */
export interface Compared {
  readonly truths: readonly number[]
  readonly own: readonly number[]
  /** By name; undefined where the rival said nothing in a round. */
  readonly rivals: { readonly [name: string]: readonly (number | undefined)[] }
}

/** The model against one rival by one loss, over the rounds in which both spoke. */
export interface Duel {
  readonly rival: string
  readonly loss: string
  readonly rounds: number
  readonly own: number
  readonly other: number
  /** Mean loss of the model over the rival's: below 1 it is better. */
  readonly ratio: number
  /** Interval of the ratio at 95 %, by block bootstrap. */
  readonly interval: { readonly low: number; readonly high: number }
  readonly test: Tested | undefined
}

export interface Calibration {
  /** Even if the model's errors are what they have been: ten bins of where truths fell among earlier errors. */
  readonly kind: 'pit' | 'reliability'
  readonly bins: readonly {
    readonly share: number
    readonly expected: number
    readonly count: number
  }[]
  /** Of the hypothesis that all is as it says; absent where there is no single test. */
  readonly p?: number
}

export interface Assessment {
  readonly duels: readonly Duel[]
  readonly calibration: Calibration
  /** Of a 90 % interval from the model's own earlier errors. */
  readonly interval: { readonly score: number; readonly coverage: number } | undefined
  readonly regimes: readonly Regime[]
}

export interface Regime {
  readonly name: 'calm' | 'usual' | 'wild'
  readonly rounds: number
  /** Mean loss of the model over that of the best baseline. */
  readonly ratio: number
}

const LEVEL = 0.9
/** How many earlier errors tell what errors are like, and how many are needed. */
const LATEST = 250
const LEAST = 30
const BINS = 10

/** Measures a model against its rivals, by all that its question is measured with. */
export function assess(options: {
  compared: Compared
  question: Pick<Question, 'measure'>
  horizon: number
  seed: number
}): Assessment {
  const { compared, question, horizon, seed } = options
  const losses = lossesOf(question)
  const duels = Object.keys(compared.rivals).flatMap((rival) =>
    Object.entries(losses).map(([loss, lossOf]) =>
      duel({ compared, rival, loss, lossOf, horizon, seed }),
    ),
  )
  const errors = compared.own.map((said, i) => compared.truths[i]! - said)
  const isChance = question.measure === 'probability'
  const calibration = isChance ? reliability(compared) : spread(errors)
  const interval = isChance ? undefined : intervals(compared, errors)
  return { duels, calibration, interval, regimes: regimesOf(compared, losses) }
}

function duel(options: {
  compared: Compared
  rival: string
  loss: string
  lossOf: (said: number, was: number) => number
  horizon: number
  seed: number
}): Duel {
  const { compared, rival, loss, lossOf, horizon, seed } = options
  const said = compared.rivals[rival]!
  const both = compared.truths.flatMap((truth, i) =>
    said[i] === undefined ? [] : [{ truth, own: compared.own[i]!, other: said[i] }],
  )
  const own = both.map((each) => lossOf(each.own, each.truth))
  const other = both.map((each) => lossOf(each.other, each.truth))
  const [ownMean, otherMean] = [mean(own), mean(other)]
  return {
    rival,
    loss,
    rounds: both.length,
    own: ownMean,
    other: otherMean,
    ratio: ownMean / otherMean,
    interval: bootstrapRatio({ own, other, horizon, seed }),
    test: dieboldMariano({ own, other, horizon }),
  }
}

/** Probability integral transform by the model's own earlier errors. */
function spread(errors: readonly number[]): Calibration {
  const places = errors.flatMap((error, i) => {
    const before = errors.slice(Math.max(0, i - LATEST), i)
    if (before.length < LEAST) return []
    const below = before.filter((each) => each < error).length
    return [(below + 0.5) / (before.length + 1)]
  })
  const bins = Array.from({ length: BINS }, (_, bin) => {
    const inside = places.filter((place) => Math.min(BINS - 1, Math.floor(place * BINS)) === bin)
    return { share: inside.length / (places.length || 1), expected: 1 / BINS, count: inside.length }
  })
  const p = places.length > 0 ? evenness(places).p : 1
  return { kind: 'pit', bins, p }
}

/** Of the rounds in which the model said about the same chance: how often it happened. */
function reliability({ own, truths }: Compared): Calibration {
  const bins = Array.from({ length: BINS }, (_, bin) => {
    const inside = own.flatMap((said, i) =>
      Math.min(BINS - 1, Math.floor(said * BINS)) === bin ? [{ said, was: truths[i]! }] : [],
    )
    return {
      share: inside.length > 0 ? mean(inside.map(({ was }) => was)) : 0,
      expected: inside.length > 0 ? mean(inside.map(({ said }) => said)) : 0,
      count: inside.length,
    }
  })
  return { kind: 'reliability', bins: bins.filter(({ count }) => count > 0) }
}

function intervals({ own, truths }: Compared, errors: readonly number[]): Assessment['interval'] {
  const scored = own.flatMap((said, i) => {
    const before = errors.slice(Math.max(0, i - LATEST), i).map(Math.abs)
    if (before.length < LEAST) return []
    const half = quantile(
      before.sort((a, b) => a - b),
      LEVEL,
    )
    const [low, high, truth] = [said - half, said + half, truths[i]!]
    return [
      {
        score: intervalScore({ low, high, truth, level: LEVEL }),
        held: Number(low <= truth && truth <= high),
      },
    ]
  })
  if (scored.length === 0) return undefined
  return {
    score: mean(scored.map(({ score }) => score)),
    coverage: mean(scored.map(({ held }) => held)),
  }
}

/** Thirds of the rounds by how much the truths before them moved. */
function regimesOf(
  { own, truths, rivals }: Compared,
  losses: ReturnType<typeof lossesOf>,
): Regime[] {
  const MONTH = 22
  const [lossOf] = Object.values(losses)
  const moves = truths.map((truth, i) => (i === 0 ? 0 : Math.abs(truth - truths[i - 1]!)))
  const rough = truths.map((_, i) => mean(moves.slice(Math.max(0, i - MONTH), Math.max(1, i))))
  const sorted = [...rough].sort((a, b) => a - b)
  const [low, high] = [quantile(sorted, 1 / 3), quantile(sorted, 2 / 3)]
  const best = Object.values(rivals)
    .filter((said) => said.every((each) => each !== undefined))
    .map((said) => said.map((each, i) => lossOf!(each!, truths[i]!)))
    .reduce<number[] | undefined>(
      (least, each) => (least === undefined || mean(each) < mean(least) ? each : least),
      undefined,
    )
  if (best === undefined) return []

  const within: Record<Regime['name'], (level: number) => boolean> = {
    calm: (level) => level < low,
    usual: (level) => low <= level && level < high,
    wild: (level) => level >= high,
  }
  return (Object.keys(within) as Regime['name'][]).flatMap((name) => {
    const inside = rough.flatMap((level, i) => (within[name](level) ? [i] : []))
    if (inside.length === 0) return []
    const mine = mean(inside.map((i) => lossOf!(own[i]!, truths[i]!)))
    return [{ name, rounds: inside.length, ratio: mine / mean(inside.map((i) => best[i]!)) }]
  })
}
