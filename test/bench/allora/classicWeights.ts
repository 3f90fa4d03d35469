import { expect } from 'chai'
import { classicWeights } from '../../../bench/allora/weights.ts'
import { expectNear } from '../../helpers/expectNear.ts'

const TERMS = { p: 3, c: 0.75, epsilon: 0.01 }

/** The deviation of two regrets a distance apart, epsilon included. */
const scale = (distance: number) => distance / Math.SQRT2 + TERMS.epsilon
const slope = (regret: number) => TERMS.p / (Math.exp(TERMS.p * (TERMS.c - regret)) + 1)

describe('weights of the classic rule', () => {
  it('are the slope of a softplus where regrets are ordinary', () => {
    const [good = NaN, bad = NaN] = classicWeights([0.4, -0.1], TERMS)
    expectNear(good, slope(0.4 / scale(0.5)), 1e-12)
    expectNear(bad, slope(-0.1 / scale(0.5)), 1e-12)
  })

  it('stop growing at c + 6.75 / p', () => {
    const [best = NaN] = classicWeights([100, 99], TERMS)
    expectNear(best, slope(TERMS.c + 6.75 / TERMS.p), 1e-12)
  })

  it('lift the best to c - 8.25 / p where all are poor', () => {
    const [worse = NaN, best = NaN] = classicWeights([-101, -100], TERMS)
    const anchor = TERMS.c - 8.25 / TERMS.p
    expectNear(best, slope(anchor), 1e-12)
    expectNear(worse, slope(anchor - 1 / scale(1)), 1e-12)
  })

  it('are nothing below c - 17.25 / p', () => {
    const regrets = [...Array.from({ length: 60 }, (_, i) => 1 + (i % 2) / 10), -1_000]
    expect(classicWeights(regrets, TERMS).at(-1)).to.equal(0)
    expect(classicWeights(regrets, TERMS)[0]).to.be.greaterThan(0)
  })
})
