import { expect } from 'chai'
import { correlationsOf } from '../../sdk/src/maths/correlations.ts'
import { expectNear } from '../helpers/expectNear.ts'

const wave = (round: number) => Math.sin(round * 2)
const other = (round: number) => Math.cos(round * 5)

/** Departures of a worker in rounds 0 to `rounds` - 1. */
function departuresOf(worker: string, says: (round: number) => number, rounds = 40) {
  return Array.from({ length: rounds }, (_, round) => ({
    worker,
    round: BigInt(round),
    residual: says(round),
  }))
}

describe('correlations of departures', () => {
  const { workers, matrix } = correlationsOf([
    ...departuresOf('model', wave),
    ...departuresOf('copy', (round) => 2 * wave(round)),
    ...departuresOf('mirror', (round) => -3 * wave(round)),
    ...departuresOf('alike', (round) => wave(round) + other(round)),
    ...departuresOf('flat', () => 0),
    ...departuresOf('newcomer', wave, 7),
  ])
  const of = (one: string, two: string) => matrix[workers.indexOf(one)]![workers.indexOf(two)]

  it('are 1 for a copy and -1 for a mirror, whatever their scale', () => {
    for (const key of ['value', 'low', 'high'] as const) {
      expectNear(of('model', 'copy')![key], 1, 1e-6)
      expectNear(of('model', 'mirror')![key], -1, 1e-6)
    }
  })

  it('have an interval that narrows with the rounds in common', () => {
    const { value, low, high, rounds } = of('model', 'alike')!
    expect(rounds).to.equal(40)
    // Fisher: atanh(r) +- 1.96 / sqrt(n - 3)
    expectNear(Math.atanh(high) - Math.atanh(value), 1.96 / Math.sqrt(37), 1e-9)
    expectNear(Math.atanh(value) - Math.atanh(low), 1.96 / Math.sqrt(37), 1e-9)
    expect(value).to.be.within(0.5, 0.9)
    expect(of('alike', 'model')).to.deep.equal(of('model', 'alike'))
  })

  it('are not known of who never departs, nor of who has hardly begun', () => {
    expect(of('model', 'flat')).to.equal(null)
    expect(workers).not.to.include('newcomer')
  })
})
