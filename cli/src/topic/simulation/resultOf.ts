/* What a simulated topic showed, in the numbers that its creator asks for. */
import { fromFixed18 } from '@auspex/sdk/maths'
import { play, roles } from './play.ts'
import type { Play, PlayedRound, Role, Setting } from './play.ts'

const DAY = 86_400
/** A pool that holds less of its first money than this pays nothing that anybody would come for. */
const DRY = 0.01

export type RoleResult = {
  role: Role
  workers: number
  /** Base units, of all its workers together. */
  start: bigint
  end: bigint
  /** Of the stake, a day: 0.01 is 1 %. */
  perDay: number
  /** Mean distance of what they said from the truth; NaN where they never spoke. */
  error: number
}

export type Simulation = {
  played: readonly PlayedRound[]
  days: number
  /** Mean distance from the truth, over the rounds that count. */
  accuracy: { feed: number; naive: number; lazy: number }
  /** Share of truths within the interval; undefined where none was published. */
  coverage: number | undefined
  promised: number
  voids: { rounds: number; share: number; workers: number; wagers: number; truth: number }
  earned: readonly RoleResult[]
  pool: {
    start: bigint
    end: bigint
    /** Day on which it held under a hundredth; undefined where it never did. */
    dryOn: number | undefined
    /** Days from the beginning until then at the pace of the whole run; undefined for a pool that does not shrink. */
    dryBy: number | undefined
  }
  /** Mean distance by which colluders moved the feed, and their share of the wagers; undefined where there are none. */
  moved: { by: number; sigmas: number } | undefined
}

/** Plays a topic, and once more without its colluders to see what they moved. */
export function simulate(setting: Setting): Simulation {
  const { terms, pool } = setting
  const whole = play(setting)
  const { rounds } = whole
  const days = (rounds.length * Number(terms.cadence)) / DAY
  const counted = rounds.filter(isCounted)
  const held = counted.filter(({ low }) => low !== undefined)
  return {
    played: rounds,
    days,
    accuracy: {
      feed: meanOf(counted.map(({ forecast, truth }) => Math.abs(forecast - truth))),
      naive: meanOf(counted.map(({ reference, truth }) => Math.abs(reference - truth))),
      lazy: meanOf(errorsOfNewest(setting, rounds)),
    },
    coverage:
      held.length === 0
        ? undefined
        : held.filter(({ low, high, truth }) => low! <= truth && truth <= high!).length /
          held.length,
    promised: Number(terms.intervalBps) / 10_000,
    voids: voidsOf(rounds),
    earned: earnedBy(whole, setting, days),
    pool: poolOf(rounds, { pool, days }),
    moved: movedBy(rounds, setting),
  }
}

type Counted = PlayedRound & { truth: number; reference: number; forecast: number }

function isCounted(round: PlayedRound): round is Counted {
  return round.void === undefined && round.forecast !== undefined
}

function errorsOfNewest({ rounds }: Setting, played: readonly PlayedRound[]): number[] {
  return rounds.flatMap(({ known, truth }, i) => {
    if (known === undefined || truth === undefined || played[i]!.void !== undefined) return []
    return [Math.abs(fromFixed18(known - truth))]
  })
}

function voidsOf(rounds: readonly PlayedRound[]): Simulation['voids'] {
  const count = (why: PlayedRound['void']) => rounds.filter((round) => round.void === why).length
  const [workers, wagers, truth] = [count('workers'), count('wagers'), count('truth')]
  const all = workers + wagers + truth
  return { rounds: all, share: all / rounds.length, workers, wagers, truth }
}

function earnedBy({ outcomes }: Play, { stake, crowd }: Setting, days: number): RoleResult[] {
  return roles.flatMap((role) => {
    const own = outcomes.filter((outcome) => outcome.role === role)
    if (own.length === 0) return []
    const start = stake * BigInt(crowd[role])
    const end = own.reduce((sum, each) => sum + each.stake, 0n)
    const spoke = own.filter(({ rounds }) => rounds > 0)
    const perDay = fromFixed18(((end - start) * 10n ** 18n) / start) / days
    return [
      {
        role,
        workers: own.length,
        start,
        end,
        perDay,
        error: meanOf(spoke.map(({ error }) => error)),
      },
    ]
  })
}

function poolOf(
  rounds: readonly PlayedRound[],
  { pool: start, days }: { pool: bigint; days: number },
): Simulation['pool'] {
  const end = rounds.at(-1)!.pool
  if (start === 0n) return { start, end, dryOn: undefined, dryBy: undefined }
  const left = ({ pool }: Pick<PlayedRound, 'pool'>) => fromFixed18((pool * 10n ** 18n) / start)
  const dry = rounds.findIndex((round) => left(round) < DRY)
  const dryOn = dry < 0 ? undefined : ((dry + 1) * days) / rounds.length
  const last = left({ pool: end })
  // A round costs the pool a part of what it holds: it shrinks by the same factor a day.
  const dryBy = last < 1 && last > 0 ? (days * Math.log(DRY)) / Math.log(last) : undefined
  return { start, end, dryOn, dryBy: dryOn ?? dryBy }
}

function movedBy(rounds: readonly PlayedRound[], setting: Setting): Simulation['moved'] {
  if (setting.crowd.colluding === 0) return undefined
  const without = play({ ...setting, crowd: { ...setting.crowd, colluding: 0 } }).rounds
  const moves = rounds.flatMap(({ forecast }, i) => {
    const other = without[i]!.forecast
    return forecast === undefined || other === undefined ? [] : [forecast - other]
  })
  const naive = meanOf(
    rounds.filter(isCounted).map(({ reference, truth }) => Math.abs(reference - truth)),
  )
  const by = meanOf(moves)
  return { by, sigmas: by / naive }
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? NaN : values.reduce((sum, each) => sum + each, 0) / values.length
}
