/*
 * Attackers on the pool: what they take from it who know nothing that is not public. The pool plays as much as its terms let
 * it, so that its size does not matter; figures are shares of the attacker's own wagers.
 */
import { defaultsFor } from '@auspex/sdk'
import type { QuestionKind } from '@auspex/sdk'
import { questions } from '@auspex/workers'
import { readSampleSource } from '@auspex/workers/models'
import { fromFixedPoint, toFixedPoint } from '../lib/fixedPoint.ts'
import { createRandom } from '@auspex/workers/models'
import { openTwinTopic } from '@auspex/sdk/maths'
import type { SettledRound, TwinRound, TwinTerms, TwinTopic } from '@auspex/sdk/maths'
import type { Row, Size } from './Row.ts'

const HOUR = 3600n
const DAY = 24n * HOUR
const STAKE = 10n ** 22n
/** So large that only its terms bound what it puts into a round. */
const POOL = 10n ** 28n
/** Rounds that followers have seen before the first. */
const PAST = 300
/** What a follower may take from the pool's game, as a share of its wagers. */
const AIM = 0.005

/** A question, what happened, and how often it is asked. */
interface Market {
  readonly name: string
  readonly kind: QuestionKind
  readonly truths: readonly number[]
  readonly cadence: bigint
  /** rounds until a truth is known */
  readonly lag: number
}

/** A worker that says a function of what is public, the newest truth last. */
type Follower = (known: readonly number[]) => number

const FOLLOWERS: Readonly<Record<string, Follower>> = {
  'repeats the newest public truth': (known) => known.at(-1)!,
  'EWMA 0.3': ewma(0.3),
  'EWMA 0.1': ewma(0.1),
  'EWMA 0.03': ewma(0.03),
}

function ewma(rate: number): Follower {
  return (known) => {
    const seen = known.slice(-PAST)
    return seen.reduce((mean, each) => mean + rate * (each - mean), seen[0]!)
  }
}

/** All attackers on the pool. */
export async function moneyAttacks(size: Size): Promise<Row[]> {
  const markets = [...(await sampleMarkets(size)), hourly(size)]

  return markets.flatMap((market) => [
    ...followers(market),
    lateReference(market),
    whaleAtReference(market),
    reportersWhoWork(market),
    creatorsWorker(market),
  ])
}

// ---------------------------------------------------------------- MARKETS

const KINDS = { close: 'price', volatility: 'volatility', move: 'probability' } as const

/** The demo's questions on the last days of its series. */
async function sampleMarkets({ rounds }: Size): Promise<Market[]> {
  const source = await readSampleSource()
  const history = await source.read({ now: Infinity })
  const count = PAST + 10 * rounds

  return questions.map(({ name, truth }) => ({
    name,
    kind: KINDS[name],
    truths: Array.from({ length: count }, (_, i) => truth(history, history.length - count + i)),
    cadence: DAY,
    lag: 0,
  }))
}

/** A price a day ahead, asked every hour: twenty-four rounds in flight. */
function hourly({ rounds, seeds }: Size): Market {
  const random = createRandom(seeds[0]!)
  const truths = [1000]
  while (truths.length < PAST + 10 * rounds) {
    const step = Array.from({ length: 12 }, random).reduce((sum, each) => sum + each, -6)
    truths.push(truths.at(-1)! * Math.exp(0.01 * step))
  }

  return { name: 'price a day ahead, asked hourly', kind: 'price', truths, cadence: HOUR, lag: 23 }
}

function termsOf({ kind, truths, cadence, lag }: Market): TwinTerms {
  const ring = BigInt(Math.max(4, lag + 2))
  const past = truths.slice(0, PAST)
  const mean = past.reduce((sum, each) => sum + each, 0) / PAST
  const changes = past.slice(1).map((each, i) => (each - past[i]!) ** 2)
  const sigma = Math.sqrt(changes.reduce((sum, each) => sum + each, 0) / changes.length)
  const defaults = defaultsFor(kind, ring)

  return {
    min: 0n,
    max: toFixedPoint(100_000),
    sigma: toFixedPoint(sigma),
    ...defaults,
    start: 0n,
    cadence,
    commitWindow: cadence / 24n,
    revealWindow: cadence / 24n,
    // Known just before the round after the last of its lag opens.
    horizon: BigInt(lag) * cadence + (cadence * 9n) / 10n,
    truthWindow: cadence,
    riskBps: 1600n / ring,
    center: toFixedPoint(kind === 'price' ? past.at(-1)! : mean),
  }
}

/** A topic and its rounds, each worker saying what it does of what is public by then. */
function playMarket({
  market,
  workers,
  late = 0,
  stakes = {},
}: {
  market: Market
  workers: Readonly<Record<string, (known: readonly number[], topic: TwinTopic) => number>>
  /** rounds that keepers let pass before they bring a truth that is due */
  late?: number
  /** of those who stake something else than all others */
  stakes?: Readonly<Record<string, bigint>>
}): { topic: TwinTopic; rounds: { round: TwinRound; settled: SettledRound }[] } {
  const topic = openTwinTopic({ terms: termsOf(market), pool: POOL })
  const waiting: { round: TwinRound; truth: number; due: number }[] = []
  const rounds: { round: TwinRound; settled: SettledRound }[] = []
  const settleDue = (now: number) => {
    while (waiting.length > 0 && waiting[0]!.due <= now) {
      const { round, truth } = waiting.shift()!
      rounds.push({ round, settled: topic.settle(round, toFixedPoint(truth)) })
    }
  }

  for (let i = 0; PAST + i < market.truths.length; i++) {
    // Public as the round opens: what was to be known before, whether or not the network was told.
    const known = market.truths.slice(0, PAST + i - market.lag)
    for (const name of Object.keys(workers)) {
      // Stakes are kept where they began, so that every round weighs alike.
      const missing = (stakes[name] ?? STAKE) - topic.stakeOf(name)
      if (missing > 0n) topic.deposit(name, missing)
    }
    const opened = topic.commit(
      BigInt(i),
      Object.entries(workers).map(([worker, say]) => ({
        worker,
        value: toFixedPoint(say(known, topic)),
        confidence: 10_000n,
      })),
    )
    // Keepers have had both windows to bring what was due.
    settleDue(i)
    const round = topic.publish(opened)
    waiting.push({ round, truth: market.truths[PAST + i]!, due: i + market.lag + 1 + late })
  }

  return { topic, rounds }
}

// ---------------------------------------------------------------- ATTACKERS

/** What a worker got, as a share of what it wagered. */
function takenBy(
  name: string,
  rounds: readonly { round: TwinRound; settled: SettledRound }[],
): { game: number; reward: number } {
  let [wagered, game, reward] = [0, 0, 0]
  for (const { round, settled } of rounds) {
    const at = round.predictions.findIndex(({ worker }) => worker === name)
    wagered += Number(round.predictions[at]!.wager)
    game += Number(settled.gains[at]!.pool)
    reward += Number(settled.gains[at]!.reward)
  }

  return { game: game / wagered, reward: reward / wagered }
}

function followers(market: Market): Row[] {
  const { rounds } = playMarket({ market, workers: FOLLOWERS })

  return Object.keys(FOLLOWERS).map((name) => {
    const { game, reward } = takenBy(name, rounds)
    return {
      attacker: `${market.name}: ${name}`,
      measure: `taken from the pool’s game a unit wagered (for taking part ${percent(reward)})`,
      figure: game,
      most: AIM,
    }
  })
}

/** Keepers bring truths as late as the pool plays at all, and their worker says the newest. */
function lateReference(market: Market): Row {
  const { rounds } = playMarket({
    market,
    workers: { newest: (known) => known.at(-1)!, other: (known) => known.at(-1)! },
    late: 1,
  })
  const { game } = takenBy('newest', rounds)

  return {
    attacker: `${market.name}: keepers who bring truths as late as the pool plays, their worker says the newest`,
    measure: 'taken from the pool’s game a unit wagered',
    figure: game,
    most: AIM,
  }
}

/** Nine tenths of the stake in one name that says the reference, and that publishes and settles itself. */
function whaleAtReference(market: Market): Row {
  const workers = {
    whale: (_: readonly number[], topic: TwinTopic) => fromFixedPoint(topic.center),
    other: FOLLOWERS['EWMA 0.1']!,
  }
  const { rounds } = playMarket({ market, workers, stakes: { whale: 9n * STAKE } })
  const { game, reward } = takenBy('whale', rounds)
  const wagers = rounds.reduce((sum, { round }) => sum + Number(round.pot.wagers), 0)
  const tips = rounds.reduce((sum, { settled }) => sum + Number(settled.tip), 0)

  return {
    attacker: `${market.name}: a whale that says the reference and keeps for itself`,
    measure: `taken a unit wagered, game, taking part (${percent(reward)}) and tips (${percent(tips / wagers)})`,
    figure: game + reward + tips / wagers,
    most: AIM,
  }
}

/** A majority of reporters that also works: the truth is what its worker said, as far from the reference as counts. */
function reportersWhoWork(market: Market): Row {
  const topic = openTwinTopic({ terms: termsOf(market), pool: POOL })
  topic.deposit('reporter', STAKE)
  topic.deposit('honest', STAKE / 100n)
  let most = 0
  for (let i = 0; i < 50; i++) {
    const end = i % 2 === 0
    const { low, high } = rangeOf(topic)
    const value = end ? high : low
    const said = [
      { worker: 'reporter', value, confidence: 10_000n },
      { worker: 'honest', value: topic.center, confidence: 10_000n },
    ]
    const round = topic.publish(topic.commit(BigInt(i), said))
    const before = topic.pool
    topic.settle(round, value)
    const { play, reward } = round.pot
    if (play > 0n) most = Math.max(most, Number(before - topic.pool) / Number(play + reward))
  }

  return {
    attacker: `${market.name}: a majority of reporters that also works`,
    measure: 'most that a round took from the pool, F + B being 1',
    figure: most,
    most: 1,
  }
}

function rangeOf(topic: TwinTopic): { low: bigint; high: bigint } {
  const { low, width } = topic.domain()
  return { low, high: low + width }
}

/** The creator's own worker among lazy ones: what it got, less what the pool lost, which the creator paid. */
function creatorsWorker(market: Market): Row {
  const workers = { creator: FOLLOWERS['EWMA 0.1']!, other: FOLLOWERS['EWMA 0.03']! }
  const { topic, rounds } = playMarket({ market, workers })
  const got = rounds.reduce((sum, { round, settled }) => {
    const at = round.predictions.findIndex(({ worker }) => worker === 'creator')
    const { pool, reward } = settled.gains[at]!
    return sum + pool + reward
  }, 0n)
  const tips = rounds.reduce((sum, { settled }) => sum + settled.tip, 0n)
  const lost = POOL - topic.pool
  const others = rounds.reduce((sum, { round, settled }) => {
    const at = round.predictions.findIndex(({ worker }) => worker === 'other')
    const { pool, reward } = settled.gains[at]!
    return sum + pool + reward
  }, 0n)

  return {
    attacker: `${market.name}: the creator’s own worker`,
    measure: 'its gain from the pool and tips, less what the pool and others lost to it, tokens',
    figure: Number(got + tips - lost) / 1e18 - Math.max(0, -Number(others) / 1e18),
    most: 1e-3,
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(3)} %`
}
