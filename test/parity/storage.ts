import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTopicState, ONE, publish, settle } from '../../sdk/src/maths/index.ts'
import { sharedFolder } from '../helpers/shared.ts'
import { randomOf } from './random.ts'

interface Round {
  readonly truth: number
  readonly predictions: readonly { worker: string; value: number }[]
}

/** Losing a five-hundredth to rounding is the most the rule allows. */
const TOLERANCE = 0.002
const FIXTURES = ['fixture_flu_us_h0.csv', 'fixture_range4h_btc.csv']

describe('what storage rounds away', () => {
  it('does not show in the loss of a drawn topic', () => expectSameLoss(drawnRounds(500)))

  for (const file of FIXTURES) {
    const path = join(sharedFolder() ?? '', 'data', 'panels', 'public', file)
    if (!existsSync(path)) {
      it.skip(`${file} is absent: set AUSPEX_SHARED to the folder that holds data/panels/public`)
      continue
    }
    it(`does not show in the loss on ${file}`, () => expectSameLoss(panelRounds(path)))
  }
})

function expectSameLoss(rounds: readonly Round[]) {
  const exact = lossOf(rounds, true)
  const stored = lossOf(rounds, false)

  expect(rounds.length).to.be.above(20)
  expect(stored).not.to.equal(exact)
  expect(Math.abs(stored / exact - 1)).to.be.below(TOLERANCE)
}

function lossOf(rounds: readonly Round[], exact: boolean): number {
  let state = createTopicState({ exact })
  let loss = 0
  for (const { truth, predictions } of rounds) {
    const { state: published, round } = publish(
      state,
      predictions.map(({ worker, value }) => ({ worker, value: fixed(value), wager: ONE })),
    )
    loss += (Number(round.aggregate.value - fixed(truth)) / Number(ONE)) ** 2
    state = settle(published, round, fixed(truth))
  }

  return loss
}

/** Five workers, each with its own bias and noise. */
function drawnRounds(count: number): Round[] {
  const random = randomOf(11)
  const noise = (size: number) => Number(random.signed(10n ** 9n)) * 1e-9 * size

  return Array.from({ length: count }, (_, round) => {
    const truth = 100 + 10 * Math.sin(round / 20) + noise(1)
    return {
      truth,
      predictions: [1, 2, 3, 4, 5].map((worker) => ({
        worker: String(worker),
        value: truth + 0.3 * (worker - 2) + noise(worker),
      })),
    }
  })
}

function panelRounds(path: string): Round[] {
  const rows: Record<string, string>[] = parse(readFileSync(path), { columns: true })
  const rounds = new Map<number, { truth: number; predictions: Round['predictions'][number][] }>()
  for (const { round, worker, prediction, truth } of rows) {
    if (worker === undefined || worker === '__official_ensemble__') continue
    const each = rounds.get(Number(round)) ?? { truth: Number(truth), predictions: [] }
    each.predictions.push({ worker, value: Number(prediction) })
    rounds.set(Number(round), each)
  }

  return [...rounds].sort(([a], [b]) => a - b).map(([, round]) => round)
}

function fixed(value: number): bigint {
  return BigInt(Math.round(value * 1e9)) * 10n ** 9n
}
