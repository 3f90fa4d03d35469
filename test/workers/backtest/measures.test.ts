import { expect } from 'chai'
import { expectNear } from '../../helpers/expectNear.ts'
import { assess } from '../../../workers/src/backtest/assess.ts'
import {
  intervalScore,
  lossesOf,
  logScore,
  qlike,
} from '../../../workers/src/backtest/maths/losses.ts'
import { createRandom } from '../../../workers/src/backtest/maths/random.ts'
import {
  bootstrapRatio,
  correlation,
  dieboldMariano,
  evenness,
  normal,
} from '../../../workers/src/backtest/maths/tests.ts'

/** Even draws turned into normal ones by Box and Muller. */
function normals(count: number, seed: number): number[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()))
    return radius * Math.cos(2 * Math.PI * random())
  })
}

describe('a backtest’s losses', () => {
  it('are least at the truth', () => {
    expect(qlike(20, 20)).to.equal(0)
    expect(qlike(10, 20)).to.be.above(qlike(30, 20))
    expectNear(logScore(0.9, 1), -Math.log(0.9), 1e-12)
    expectNear(logScore(1, 0), -Math.log(1e-6), 1e-9)
    expect(intervalScore({ low: 1, high: 3, truth: 2, level: 0.9 })).to.equal(2)
    expectNear(intervalScore({ low: 1, high: 3, truth: 4, level: 0.9 }), 22, 1e-9)
  })

  it('are those of the question', () => {
    expect(Object.keys(lossesOf({ measure: 'volatility' }))).to.deep.equal(['qlike', 'squared'])
    expect(Object.keys(lossesOf({ measure: 'probability' }))).to.deep.equal(['brier', 'log'])
    expect(Object.keys(lossesOf({ measure: 'level' }))).to.deep.equal(['squared'])
  })
})

describe('a backtest’s tests', () => {
  it('know the normal distribution', () => {
    for (const [value, share] of [
      [0, 0.5],
      [1, 0.8413447],
      [-1.96, 0.0249979],
      [2.5758, 0.995],
    ] as const) {
      expectNear(normal(value), share, 1e-5)
    }
  })

  it('find no difference in most pairs that have none, and one where there is one', () => {
    let found = 0
    for (let seed = 1; seed <= 200; seed++) {
      const own = normals(200, seed).map((x) => x * x)
      const other = normals(200, seed + 1000).map((x) => x * x)
      if (dieboldMariano({ own, other, horizon: 1 })!.p < 0.05) found++
    }
    expect(found).to.be.within(2, 24)
    const own = normals(400, 1).map((x) => x * x)
    const other = normals(400, 2).map((x) => 2 * x * x)
    expect(dieboldMariano({ own, other, horizon: 1 })!.statistic).to.be.below(-3)
    expect(dieboldMariano({ own, other: own, horizon: 1 })).to.equal(undefined)
  })

  it('count with overlapping targets: what moves together tells less', () => {
    const noise = normals(2000, 5)
    const shared = noise.map((_, i) =>
      noise.slice(Math.max(0, i - 9), i + 1).reduce((a, b) => a + b),
    )
    const own = shared.map((x) => x + 0.6)
    const other = shared.map(() => 0)
    const blind = dieboldMariano({ own, other, horizon: 1 })!
    const aware = dieboldMariano({ own, other, horizon: 20 })!
    expect(Math.abs(aware.statistic)).to.be.below(Math.abs(blind.statistic))
  })

  it('bound a ratio, the same for the same seed', () => {
    const own = normals(500, 3).map((x) => x * x)
    const other = normals(500, 4).map((x) => 2 * x * x)
    const interval = bootstrapRatio({ own, other, horizon: 1 })
    expect(interval.low).to.be.below(0.5)
    expect(interval.high).to.be.within(0.5, 0.75)
    expect(bootstrapRatio({ own, other, horizon: 1 })).to.deep.equal(interval)
  })

  it('see whether numbers lie evenly, and columns together', () => {
    const even = Array.from({ length: 300 }, createRandom(8))
    let found = 0
    for (let seed = 1; seed <= 200; seed++) {
      if (evenness(Array.from({ length: 300 }, createRandom(seed))).p < 0.05) found++
    }
    expect(found).to.be.within(2, 20)
    expect(evenness(even.map((each) => each ** 2)).p).to.be.below(0.001)
    expectNear(correlation([1, 2, 3, 4], [2, 4, 6, 8]), 1, 1e-12)
    expect(correlation([1, 1, 1], [1, 2, 3])).to.equal(0)
  })
})

describe('an assessment', () => {
  const truths = normals(600, 11)
  const near = truths.map((truth, i) => truth + 0.3 * normals(600, 12)[i]!)
  const far = truths.map(() => 0)
  const compared = {
    truths,
    own: near,
    rivals: { last: far, some: far.map((x, i) => (i % 2 ? x : undefined)) },
  }
  const { duels, calibration, interval, regimes } = assess({
    compared,
    question: { measure: 'level' },
    horizon: 1,
    seed: 1,
  })

  it('compares with each rival in the rounds in which both spoke', () => {
    expect(duels.map(({ rival, rounds }) => [rival, rounds])).to.deep.equal([
      ['last', 600],
      ['some', 300],
    ])
    expectNear(duels[0]!.ratio, 0.09, 0.03)
    expect(duels[0]!.test!.p).to.be.below(0.001)
  })

  it('says how well its own earlier errors bound the next ones', () => {
    expectNear(interval!.coverage, 0.9, 0.04)
    expect(calibration.kind).to.equal('pit')
    expect(calibration.p).to.be.above(0.01)
    expectNear(
      calibration.bins.reduce((sum, { share }) => sum + share, 0),
      1,
      1e-9,
    )
  })

  it('parts the rounds by how rough the times were', () => {
    expect(regimes.map(({ name }) => name)).to.deep.equal(['calm', 'usual', 'wild'])
    expect(regimes.reduce((sum, { rounds }) => sum + rounds, 0)).to.equal(600)
  })
})
