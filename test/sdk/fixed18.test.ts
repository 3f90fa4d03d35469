import { expect } from 'chai'
import fc from 'fast-check'
import { fromFixed18, toFixed18 } from '../../sdk/src/maths/float.ts'

describe('toFixed18', () => {
  it('keeps whole numbers, fractions and signs', () => {
    expect(toFixed18(0)).to.equal(0n)
    expect(toFixed18(-0)).to.equal(0n)
    expect(toFixed18(2874.5)).to.equal(2_874_500_000_000_000_000_000n)
    expect(toFixed18(-0.25)).to.equal(-250_000_000_000_000_000n)
    expect(toFixed18(1e-18)).to.equal(1n)
    expect(toFixed18(1e-19)).to.equal(0n)
  })

  it('takes the exact value of the double, not its shortest spelling', () => {
    expect(toFixed18(0.1)).to.equal(100_000_000_000_000_006n)
  })

  it('comes back as the same double', () => {
    const values = fc.double({ min: 0.01, max: 1e15, noNaN: true })
    fc.assert(fc.property(values, (value) => fromFixed18(toFixed18(value)) === value))
    fc.assert(fc.property(values, (value) => fromFixed18(toFixed18(-value)) === -value))
  })

  it('refuses what is no finite value', () => {
    for (const value of [NaN, Infinity, -Infinity, 1e21]) {
      expect(() => toFixed18(value)).to.throw(RangeError, String(value))
    }
  })
})
