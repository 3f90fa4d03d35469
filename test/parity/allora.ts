import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { regretScale, updateRegrets } from '../../bench/allora/regrets.ts'
import type { Losses, Regrets } from '../../bench/allora/regrets.ts'
import { entropy, rewardFractions, shareRewards } from '../../bench/allora/rewards.ts'
import {
  scoreForecasters,
  scoreReputers,
  scoreWorkers,
  stakeMean,
} from '../../bench/allora/scores.ts'
import { decayMissed, draw, follow, initialScore } from '../../bench/allora/seats.ts'
import { synthesise } from '../../bench/allora/synthesise.ts'
import { smooth, terms } from '../../bench/allora/terms.ts'
import { weightedPercentiles } from '../../bench/allora/weightedPercentiles.ts'
import { classicWeights, currentWeights, exponentialRatio } from '../../bench/allora/weights.ts'
import { at } from '../../bench/lib/checks.ts'
import { median } from '../../bench/lib/statistics.ts'
import { expectNear } from '../helpers/expectNear.ts'
import { sharedFolder } from '../helpers/shared.ts'

const TOLERANCE = 1e-5
const WORKERS = [0, 1, 2, 3, 4]
const FORECASTERS = [0, 1, 2]
const CONTRIBUTORS = [0, 1, 2, 3, 4, 5, 6, 7]
const REPUTERS = [0, 1, 2, 3, 4]

type Row = (column: string) => number
type Pair = { before: Row; now: Row; history: Row[] }

const folder = vectors()

describe('Allora, replayed from its own vectors', function () {
  before(function () {
    if (folder !== undefined) return

    console.log('      no vectors: set AUSPEX_SHARED to the folder that holds data/allora')
    this.skip()
  })

  describe('the classic rule, from each epoch to the next', () => {
    it('derives what every forecaster implies, with and without each worker', () => {
      for (const pair of pairs()) {
        const { implied, impliedWithout } = classic(pair)
        const { now } = pair
        near(
          implied.flat(),
          columns(now, FORECASTERS, (k) => `forecast_implied_inference_${k}`),
        )
        FORECASTERS.forEach((k) =>
          near(
            at(impliedWithout, k).flat(),
            columns(now, WORKERS, (j) => `forecast_implied_inference_${k}_oneout_${j}`),
          ),
        )
      }
    })

    it('combines, with all, with workers only, and with one left out or let in', () => {
      for (const pair of pairs()) {
        const { combined, naive, without, withOnly } = classic(pair)
        const { now } = pair
        near(combined, [now('network_inference')])
        near(naive, [now('network_naive_inference')])
        near(
          without.flat(),
          columns(now, CONTRIBUTORS, (o) => `network_inference_oneout_${o}`),
        )
        near(
          withOnly.flat(),
          columns(now, FORECASTERS, (k) => `network_naive_inference_onein_${k}`),
        )
      }
    })

    it('finds the percentiles of what the contributors say', () => {
      for (const pair of pairs()) {
        const { implied, weights } = classic(pair)
        const values = [...predictionsOf(pair.now), ...implied.flat()]
        near(
          weightedPercentiles({ values, weights }),
          columns(pair.now, WORKERS, (i) => `network_inference_errorbar_${i}`),
        )
      }
    })

    it('moves all 95 regrets', () => {
      for (const { before, now } of pairs()) {
        const moved = updateRegrets({ regrets: regretsOf(before), losses: lossesOf(now) })
        const expected = regretsOf(now)
        near(moved.combined, expected.combined)
        near(moved.naive, expected.naive)
        near(moved.without.flat(), expected.without.flat())
        near(moved.withOnly.flat(), expected.withOnly.flat())
      }
    })

    it('scores workers and forecasters', () => {
      for (const { now } of pairs()) {
        near(scoreWorkers(lossesOf(now)), workerScores(now))
        near(scoreForecasters(lossesOf(now)), forecasterScores(now))
      }
    })

    it('weighs what reputers report by their stakes', () => {
      for (const { now } of pairs()) {
        const slots = slotsOf(lossesOf(now))
        near(stakeMean({ reports: reports(now), stakes: stakes(now) }), slots)
      }
    })

    it('scores reputers and learns whom to listen to', () => {
      for (const { before, now } of pairs()) {
        const { scores, listening } = scoreReputers({
          reports: reports(now),
          stakes: stakes(now),
          listening: columns(before, REPUTERS, (m) => `reputer_listening_coefficient_${m}`),
        })
        near(
          scores,
          columns(now, REPUTERS, (m) => `reputer_score_${m}`),
        )
        near(
          listening,
          columns(now, REPUTERS, (m) => `reputer_listening_coefficient_${m}`),
        )
      }
    })

    it('turns scores into shares of the reward', () => {
      let compared = 0
      for (const { now, history } of pairs()) {
        if (history.length >= 2) {
          const recent = history.flatMap(workerScores)
          near(
            rewardFractions({ scores: workerScores(now), recent }),
            columns(now, WORKERS, (j) => `inferer_reward_fraction_${j}`),
          )
          compared++
        }
        if (history.length >= 4) {
          const recent = history.flatMap(forecasterScores)
          near(
            rewardFractions({ scores: forecasterScores(now), recent }),
            columns(now, FORECASTERS, (k) => `forecaster_reward_fraction_${k}`),
          )
          compared++
        }
        const earned = columns(now, REPUTERS, (m) => now(`reputer_score_${m}`) * at(stakes(now), m))
        const total = earned.reduce((sum, part) => sum + part, 0)
        near(
          earned.map((part) => part / total),
          columns(now, REPUTERS, (m) => `reputer_reward_fraction_${m}`),
        )
      }
      expect(compared).to.equal(8)
    })

    it('smooths the shares and measures their entropy', () => {
      for (const { before, now } of pairs()) {
        for (const [role, members, total] of ROLES) {
          const smoothed = members.map((i) =>
            smooth({
              before: before(`${role}_reward_fraction_smooth_${i}`),
              now: now(`${role}_reward_fraction_${i}`),
              alpha: terms.rewardAlpha,
            }),
          )
          near(
            smoothed,
            columns(now, members, (i) => `${role}_reward_fraction_smooth_${i}`),
          )
          near([entropy(smoothed)], [now(total)])
        }
      }
    })

    it('splits the reward between the roles and within them', () => {
      for (const { before, now } of pairs()) {
        const losses = lossesOf(now)
        const shares = shareRewards({
          workerEntropy: now('inferers_entropy'),
          forecasterEntropy: now('forecasters_entropy'),
          reputerEntropy: now('reputers_entropy'),
          taskScore: losses.naive - losses.combined,
          workerScores: workerScores(now),
          ratioBefore: before('forecaster_score_ratio'),
        })
        near([losses.naive - losses.combined], [now('forecaster_task_score')])
        near([shares.ratio], [now('forecaster_score_ratio')])
        near([shares.utility], [now('forecasters_utility')])
        near([shares.workers], [now('inferers_reward_fraction')])
        near([shares.forecasters], [now('forecasters_reward_fraction')])
        near([shares.reputers], [now('reputers_reward_fraction')])

        const parts = [shares.workers, shares.forecasters, shares.reputers]
        ROLES.forEach(([role, members], i) => {
          const fractions = columns(now, members, (m) => `${role}_reward_fraction_${m}`)
          near(
            fractions.map((fraction) => fraction * at(parts, i) * now('topic_rewards')),
            columns(now, members, (m) => `${role}_reward_${m}`),
          )
        })
      }
    })
  })

  describe('the classic rule, where contributors are new', () => {
    const inputs = () => {
      const rows = synthesisRows()
      return { before: at(rows, 1), now: at(rows, 2) }
    }

    it('takes the median before any loss is known', () => {
      const [noLosses] = bootstrapCases()
      near([median(predictionsOf(inputs().now))], [noLosses?.network_inference ?? NaN])
    })

    it('gives the missing regrets the initial one', () => {
      const { before, now } = inputs()
      for (const known of bootstrapCases().slice(1)) {
        const workers = known.known_regrets[0] === 'inferer_0' ? [0] : WORKERS
        const forecasters = known.known_regrets.includes('forecaster_0') ? [0] : []
        const regrets = startingRegrets({ before, known, workers, forecasters })
        const found = synthesise({
          predictions: predictionsOf(now).map((value) => [value]),
          forecasts: known.forecast_implied === undefined ? [] : forecastsOf(now),
          networkLoss: before('network_loss'),
          regrets,
          weigh: classicWeights,
        })
        near(found.combined, [known.network_inference])
        near(found.without.flat().slice(0, 5), known.oneout_inferer)
        if (known.forecast_implied === undefined) continue

        near(found.implied.flat(), known.forecast_implied)
        near(found.without.flat().slice(5), known.oneout_forecaster ?? [])
        near(found.withOnly.flat(), known.onein_forecaster ?? [])
      }
    })
  })

  describe('sortition', () => {
    it('draws the best moving scores and moves all of them', () => {
      for (const row of rowsOf('v0_6_sortition_epochs_300_400.csv')) {
        const participants = Array.from({ length: Number(row.n_participants) }, (_, i) => i)
        const scores = participants.map((i) => Number(row[`${i}_prev_quality_ema`]))
        const { active, cutoff } = draw({ scores, seats: Number(row.n_participants_drawn) })
        expect(active).to.deep.equal(participants.map((i) => row[`${i}_active`] === 'true'))
        near([cutoff], [Number(row.quality_cutoff)])

        const moved = follow({
          scores,
          reached: participants.map((i) =>
            at(active, i) ? Number(row[`${i}_quality_metric`]) : undefined,
          ),
          share: Number(row.percentile) / 100,
          alpha: Number(row.alpha_quality),
        })
        near([moved.quantile], [Number(row.quality_percentile)])
        near(
          moved.scores,
          participants.map((i) => Number(row[`${i}_quality_ema`])),
        )
      }
    })
  })

  describe('the current rule', () => {
    it('combines several labels with one scale for the whole topic', () => {
      const { params, prev, curr } = json('v0_17_multilabel_epoch1_2.json')
      const scale = regretScale({ regrets: prev.regret, epsilon: params.epsilon })
      const found = synthesise({
        predictions: curr.inference,
        forecasts: curr.forecasted_loss,
        networkLoss: prev.network_loss,
        regrets: {
          combined: prev.regret,
          naive: prev.naive_regret,
          without: prev.regret_oneout,
          withOnly: prev.regret_onein,
        },
        weigh: (regrets) => currentWeights({ regrets, scale }),
      })
      near(found.implied.flat(), curr.forecast_implied.flat())
      near(found.impliedWithout.flat(2), curr.forecast_implied_oneout.flat(2))
      near(found.combined, curr.network_inference)
      near(found.naive, curr.network_naive_inference)
      near(found.without.flat(), curr.network_inference_oneout.flat())
      near(found.withOnly.flat(), curr.network_naive_inference_onein.flat())
    })

    it('weighs a normalised regret against the best', () => {
      const { exp1_div_exp1: ratio, weight_from_normalized_regret: weight } = units()
      const groups: [string, number][] = [
        ['cases', ratio.abs_tol],
        ['loose_cases_abs_tol_1e-3', 1e-3],
        ['loose_cases_abs_tol_1e-6', 1e-6],
      ]
      for (const [group, tolerance] of groups) {
        for (const [a, b, expected] of ratio[group]) {
          expectNear(exponentialRatio(Number(a), Number(b)), Number(expected), tolerance)
        }
      }
      expect(() => exponentialRatio(NaN, 0)).to.throw(RangeError)

      const { p_norm: p, c_norm: c } = weight
      for (const [regret, best, expected, tolerance] of weight.cases) {
        const found = exponentialRatio(-p * (best - c), -p * (regret - c))
        expectNear(found, Number(expected), Number(tolerance))
      }
    })

    it('measures the scale of regrets', () => {
      for (const [regrets, epsilon, expected] of units().regret_scale_plus_epsilon.cases) {
        const found = regretScale({ regrets: regrets.map(Number), epsilon: Number(epsilon) })
        expectNear(found, Number(expected), 1e-8)
      }
    })

    it('starts newcomers low and lets the absent sink', () => {
      const { initial_ema_score: start, liveness_penalty: liveness } = units()
      for (const [scores, lambda, expected] of start.cases) {
        const found = initialScore({ scores: scores.map(Number), lambda: Number(lambda) })
        expectNear(found, Number(expected), 1e-6)
      }
      for (const { score, asymptote, missed, alpha, expected } of liveness.cases) {
        const found = decayMissed({
          score: Number(score),
          initial: Number(asymptote),
          missed,
          alpha: Number(alpha),
        })
        near([found], [Number(expected)])
      }
    })
  })
})

const ROLES = [
  ['inferer', WORKERS, 'inferers_entropy'],
  ['forecaster', FORECASTERS, 'forecasters_entropy'],
  ['reputer', REPUTERS, 'reputers_entropy'],
] as const

function vectors(): string | undefined {
  const shared = sharedFolder()
  const path = shared === undefined ? undefined : join(shared, 'data/allora')

  return path !== undefined && existsSync(path) ? path : undefined
}

function read(file: string): string {
  return readFileSync(join(folder ?? '', file), 'utf8')
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the vectors have no schema
function json(file: string): any {
  return JSON.parse(read(file))
}

function units() {
  return json('v0_17_unit_vectors.json')
}

type Bootstrap = {
  initial_regret: number
  known_regrets: string[]
  network_inference: number
  forecast_implied?: number[]
  oneout_inferer: number[]
  oneout_forecaster?: number[]
  onein_forecaster?: number[]
}

function bootstrapCases(): Bootstrap[] {
  return json('v0_6_bootstrap_cases.json').cases
}

function rowsOf(file: string): Record<string, string>[] {
  return parse(read(file), { columns: true })
}

function synthesisRows(): Row[] {
  return rowsOf('v0_6_synthesis_epochs_300_305.csv').map((record) => (column) => {
    const text = record[column]
    if (text === undefined || text === '') throw new RangeError(`no column ${column}`)

    return Number(text)
  })
}

function pairs(): Pair[] {
  const rows = synthesisRows()

  return rows.slice(1).map((now, i) => ({
    before: at(rows, i),
    now,
    history: rows.slice(0, i + 2).reverse(),
  }))
}

function columns<T>(row: Row, members: readonly T[], name: (member: T) => string | number) {
  return members.map((member) => {
    const column = name(member)
    return typeof column === 'number' ? column : row(column)
  })
}

function classic({ before, now }: Pair) {
  return synthesise({
    predictions: predictionsOf(now).map((value) => [value]),
    forecasts: forecastsOf(now),
    networkLoss: before('network_loss'),
    regrets: regretsOf(before),
    weigh: classicWeights,
  })
}

function predictionsOf(row: Row): number[] {
  return columns(row, WORKERS, (j) => `inference_${j}`)
}

function forecastsOf(row: Row): number[][] {
  return FORECASTERS.map((k) => columns(row, WORKERS, (j) => `forecasted_loss_${k}_for_${j}`))
}

function workerScores(row: Row): number[] {
  return columns(row, WORKERS, (j) => `inferer_score_${j}`)
}

function forecasterScores(row: Row): number[] {
  return columns(row, FORECASTERS, (k) => `forecaster_score_${k}`)
}

function stakes(row: Row): number[] {
  return columns(row, REPUTERS, (m) => `reputer_stake_${m}`)
}

function regretsOf(row: Row): Regrets {
  return {
    combined: columns(row, CONTRIBUTORS, (l) => `inference_regret_worker_${l}`),
    naive: columns(row, WORKERS, (j) => `naive_inference_regret_worker_${j}`),
    without: CONTRIBUTORS.map((o) =>
      columns(row, CONTRIBUTORS, (l) => `inference_regret_worker_${l}_oneout_${o}`),
    ),
    withOnly: FORECASTERS.map((k) =>
      columns(row, [...WORKERS, 5], (l) => `inference_regret_worker_${l}_onein_${k}`),
    ),
  }
}

/**
 * The regrets of an epoch in which only some contributors are known: a table of one that is new holds
 * nothing yet, and what is missing is the topic's initial regret.
 */
function startingRegrets({
  before,
  known,
  workers,
  forecasters,
}: {
  before: Row
  known: Bootstrap
  workers: number[]
  forecasters: number[]
}): Regrets {
  const members = [...workers, ...forecasters.map((k) => WORKERS.length + k)]
  const count = known.forecast_implied === undefined ? WORKERS.length : CONTRIBUTORS.length
  const keep = (values: readonly number[], isKnown: (l: number) => boolean) =>
    values.map((value, l) => (isKnown(l) ? value : known.initial_regret))
  const regrets = regretsOf(before)

  return {
    combined: keep(regrets.combined.slice(0, count), (l) => members.includes(l)),
    naive: keep(regrets.naive, (l) => workers.includes(l)),
    without: regrets.without.map((table, o) =>
      keep(table.slice(0, count), (l) => members.includes(o) && members.includes(l)),
    ),
    withOnly: regrets.withOnly.map((table, k) =>
      keep(table, (l) => forecasters.includes(k) && (workers.includes(l) || l === WORKERS.length)),
    ),
  }
}

function lossesOf(row: Row): Losses {
  return {
    combined: row('network_loss'),
    naive: row('network_naive_loss'),
    workers: columns(row, WORKERS, (j) => `inference_loss_${j}`),
    implied: columns(row, FORECASTERS, (k) => `forecast_implied_inference_loss_${k}`),
    impliedWithout: FORECASTERS.map((k) =>
      columns(row, WORKERS, (j) => `forecast_implied_inference_loss_${k}_oneout_${j}`),
    ),
    without: columns(row, CONTRIBUTORS, (o) => `network_loss_oneout_${o}`),
    withOnly: columns(row, FORECASTERS, (k) => `network_naive_loss_onein_${k}`),
  }
}

function slotsOf(losses: Losses): number[] {
  return [
    ...losses.workers,
    ...losses.implied,
    ...losses.impliedWithout.flat(),
    losses.combined,
    losses.naive,
    ...losses.without,
    ...losses.withOnly,
  ]
}

function reports(row: Row): number[][] {
  return REPUTERS.map((m) => {
    const slot = (name: string) => row(`reputer_${m}_loss_${name}`)
    return [
      ...WORKERS.map((j) => slot(`inference_${j}`)),
      ...FORECASTERS.map((k) => slot(`forecast_implied_inference_${k}`)),
      ...FORECASTERS.flatMap((k) =>
        WORKERS.map((j) => slot(`forecast_implied_inference_${k}_oneout_${j}`)),
      ),
      slot('network_inference'),
      slot('naive_network_inference'),
      ...CONTRIBUTORS.map((o) => slot(`network_inference_oneout_${o}`)),
      ...FORECASTERS.map((k) => slot(`naive_network_inference_onein_${k}`)),
    ]
  })
}

/** Relative, as Allora's own tests are; exact where nothing is expected. */
function near(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).to.equal(expected.length)
  found.forEach((value, i) => {
    const wanted = at(expected, i)
    const error = `${value} is not within 1e-5 of ${wanted} (place ${i})`
    expect(Math.abs(value - wanted) <= TOLERANCE * Math.abs(wanted), error).to.equal(true)
  })
}
