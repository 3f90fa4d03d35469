/* A topic played on its past by workers of four kinds, through the twins of the contracts' maths. */
import { NONE, fromFixed18, openTwinTopic, toFixed18 } from '@auspex/sdk/maths'
import type { TwinRound, TwinTopic } from '@auspex/sdk/maths'
import type { TopicParams } from '@auspex/sdk'
import { createRandom } from '@auspex/workers/models'
import type { PastRound } from './pastOf.ts'

/**
 * honest: foresees a part of each move, as `skill` says. lazy: repeats the newest public value. copying: repeats what the others
 * said in the last round that is published, or in this one where nothing is sealed. colluding: all say one number, a sigma above
 * what they believe, with all they may wager.
 */
export const roles = ['honest', 'lazy', 'copying', 'colluding'] as const
export type Role = (typeof roles)[number]
export type Crowd = Readonly<Record<Role, number>>

export type Setting = {
  terms: TopicParams
  rounds: readonly PastRound[]
  crowd: Crowd
  /** The share of a move's variance that honest workers foresee, 0 to 1. */
  skill: number
  /** The share of rounds that each worker misses. */
  absence: number
  /** Base units of the token. */
  stake: bigint
  pool: bigint
  seed: number
}

/** What became of one worker. */
export type Outcome = { worker: string; role: Role; stake: bigint; rounds: number; error: number }

/** What the feed and the pool showed in one round; a void round has no forecast. */
export type PlayedRound = {
  truth: number | undefined
  /** What the pool plays at: the naive forecast. */
  reference: number | undefined
  forecast: number | undefined
  low: number | undefined
  high: number | undefined
  void: 'truth' | 'workers' | 'wagers' | undefined
  /** At the round's target time, base units. */
  pool: bigint
  /** Mean stake of a role's workers, base units. */
  stakes: Partial<Record<Role, bigint>>
}

export type Play = { outcomes: readonly Outcome[]; rounds: readonly PlayedRound[] }

type Worker = { name: string; role: Role; draw: () => number; isAway: () => boolean }
type Waiting = { at: bigint; run: () => void }

/** Basis points: what a worker without bad intentions wagers of its budget. */
const USUAL_CONFIDENCE = 5000n
const FULL_CONFIDENCE = 10_000n

/** Plays all rounds; the same setting gives the same play. */
export function play(setting: Setting): Play {
  const { terms, rounds, stake, pool } = setting
  const twin = openTwinTopic({ terms: { ...terms, center: centerOf(setting) }, pool })
  const crowd = workersOf(setting)
  for (const { name } of crowd) twin.deposit(name, stake)

  const books = new Map(crowd.map(({ name }) => [name, { rounds: 0, error: 0 }]))
  const played = rounds.map(({ truth }): PlayedRound => blank(truth))
  const common = normal(createRandom(setting.seed))
  const belief = believe(terms)
  const waiting: Waiting[] = []
  let newest: bigint | undefined
  const runUntil = (time: bigint) => {
    // What became final first is done first; of one moment, in the order in which it was put down.
    waiting.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    while (waiting.length > 0 && waiting[0]!.at <= time) waiting.shift()!.run()
  }

  rounds.forEach(({ truth, known }, i) => {
    const opened = BigInt(i) * terms.cadence
    runUntil(opened)
    const { reference, base, sight } = belief.look(known, twin)
    const shared = common()
    const values = saidBy(crowd, { setting, base, known, truth, sight, shared, newest, twin })
    const commitment = twin.commit(BigInt(i), values)
    const note = played[i]!
    note.reference = fromFixed18(reference)
    note.void = voidOf(setting, commitment.predictions, truth)
    const published = opened + terms.commitWindow + terms.revealWindow
    const target = opened + terms.horizon
    const isPublished = note.void === undefined || note.void === 'truth'
    let round: TwinRound | undefined
    if (isPublished) {
      const publish = () => {
        round = twin.publish(commitment)
        newest = round.aggregate.value
        writeForecast(note, round)
      }
      waiting.push({ at: published, run: publish })
    }
    const settle = () => {
      if (round !== undefined && truth !== undefined) {
        twin.settle(round, truth)
        belief.learn(truth, { reference, known })
        for (const { worker, value } of round.predictions) {
          const book = books.get(worker)!
          book.rounds += 1
          book.error += Math.abs(fromFixed18(value - truth))
        }
      }
      note.pool = twin.pool
      note.stakes = stakesOf(crowd, twin)
    }
    waiting.push({ at: target, run: settle })
  })
  runUntil(2n ** 64n)
  return {
    rounds: played,
    outcomes: crowd.map(({ name, role }) => {
      const { rounds, error } = books.get(name)!
      const end = twin.stakeOf(name)
      return { worker: name, role, stake: end, rounds, error: rounds === 0 ? NaN : error / rounds }
    }),
  }
}

/** The reference starts where the past does; the base rate of an event is what the file says of it. */
function centerOf({ terms, rounds }: Setting): bigint {
  if (terms.domain === 'fixed') return terms.center
  const first = rounds.find(({ known }) => known !== undefined)?.known
  return clamped(first ?? terms.center, terms)
}

function blank(truth: bigint | undefined): PlayedRound {
  return {
    truth: truth === undefined ? undefined : fromFixed18(truth),
    reference: undefined,
    forecast: undefined,
    low: undefined,
    high: undefined,
    void: undefined,
    pool: 0n,
    stakes: {},
  }
}

function writeForecast(note: PlayedRound, { aggregate }: TwinRound): void {
  const { value, below, above } = aggregate
  note.forecast = fromFixed18(value)
  if (below === NONE || above === NONE) return
  note.low = fromFixed18(value - below)
  note.high = fromFixed18(value + above)
}

/** Why a round is void; undefined where it counts. */
function voidOf(
  { terms }: Setting,
  predictions: readonly { wager: bigint }[],
  truth: bigint | undefined,
): PlayedRound['void'] {
  if (BigInt(predictions.length) < terms.minWorkers) return 'workers'
  const wagers = predictions.reduce((sum, { wager }) => sum + wager, 0n)
  if (wagers < terms.minWager) return 'wagers'
  return truth === undefined ? 'truth' : undefined
}

/* WORKERS */

/** Chance of a worker's own: who else takes part changes nothing in it. */
function workersOf({ crowd, seed, absence }: Setting): Worker[] {
  return roles.flatMap((role, place) =>
    Array.from({ length: crowd[role] }, (_, i): Worker => {
      const own = seed + 7919 * (1 + place) + 104_729 * (1 + i)
      const chance = createRandom(own + 1)
      return {
        name: crowd[role] === 1 ? role : `${role} ${i + 1}`,
        role,
        draw: normal(createRandom(own)),
        isAway: () => chance() < absence,
      }
    }),
  )
}

/** Draws from the normal distribution, by Box and Muller. */
function normal(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

type Moment = {
  setting: Setting
  base: bigint
  known: bigint | undefined
  truth: bigint | undefined
  sight: number
  shared: number
  newest: bigint | undefined
  twin: TwinTopic
}

function saidBy(crowd: readonly Worker[], moment: Moment) {
  const { terms } = moment.setting
  const honest = new Map(crowd.map((worker) => [worker.name, worker.draw()]))
  const present = crowd.filter(({ isAway }) => !isAway())
  const opened = present.filter(({ role }) => role === 'honest' || role === 'lazy')
  const say = ({ name, role }: Worker) => valueOf(role, honest.get(name)!, moment)
  return present.flatMap((worker) => {
    const isCopier = worker.role === 'copying'
    const value = isCopier ? copied(opened.map(say), moment) : say(worker)
    if (value === undefined) return []
    const confidence = worker.role === 'colluding' ? FULL_CONFIDENCE : USUAL_CONFIDENCE
    return [{ worker: worker.name, value: clamped(value, terms), confidence }]
  })
}

function valueOf(role: Role, own: number, moment: Moment): bigint | undefined {
  const { base, known, twin } = moment
  if (role === 'honest') return foreseen(own, moment)
  if (role === 'colluding') return base + twin.sigma
  return known
}

/**
 * The mean of a move given a signal of it: with noise of such size the signal explains `skill` of the move's variance. Half of
 * the noise is common to all honest workers, as they look at the same world.
 */
function foreseen(own: number, { setting, base, truth, sight, shared }: Moment): bigint {
  const { skill } = setting
  if (skill === 0 || truth === undefined) return base
  const noise = sight * Math.sqrt((1 - skill) / skill) * Math.SQRT1_2 * (own + shared)
  return base + toFixed18(skill * (fromFixed18(truth - base) + noise))
}

/** A seal leaves nothing to copy but the last forecast; without one, all that others have said lies open. */
function copied(
  open: readonly (bigint | undefined)[],
  { setting, newest }: Moment,
): bigint | undefined {
  if (setting.terms.commitWindow > 0n) return newest
  const values = open.filter((value) => value !== undefined)
  return values.length === 0
    ? newest
    : values.reduce((sum, each) => sum + each) / BigInt(values.length)
}

/** What anybody believes without a model: the newest value or the topic's reference, whichever has lain nearer so far. */
function believe(terms: TopicParams) {
  let [ofKnown, ofReference, count] = [0, 0, 0]
  return {
    look(known: bigint | undefined, { center }: TwinTopic) {
      const isNewest = known !== undefined && ofKnown <= ofReference
      const usual =
        count < 5 ? fromFixed18(terms.sigma) : Math.sqrt(Math.min(ofKnown, ofReference) / count)
      return { reference: center, base: isNewest ? known : center, sight: usual }
    },
    learn(truth: bigint, { reference, known }: { reference: bigint; known: bigint | undefined }) {
      ofReference += fromFixed18(truth - reference) ** 2
      ofKnown += fromFixed18(truth - (known ?? reference)) ** 2
      count += 1
    },
  }
}

function stakesOf(crowd: readonly Worker[], twin: TwinTopic): PlayedRound['stakes'] {
  const means = roles.flatMap((role) => {
    const own = crowd.filter((worker) => worker.role === role)
    if (own.length === 0) return []
    const sum = own.reduce((all, { name }) => all + twin.stakeOf(name), 0n)
    return [[role, sum / BigInt(own.length)]]
  })
  return Object.fromEntries(means)
}

function clamped(value: bigint, { min, max }: Pick<TopicParams, 'min' | 'max'>): bigint {
  if (value < min) return min
  return value > max ? max : value
}
