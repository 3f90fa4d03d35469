import { expect } from 'chai'
import { checkGrowth } from '../../../bench/scale/measure/checkGrowth.ts'
import { fitLine } from '../../../bench/lib/statistics.ts'
import { checkLinear } from '../../../bench/scale/measure/checkLinear.ts'
import { sizesUpTo } from '../../../bench/scale/measure/playScene.ts'
import { readOptions } from '../../../bench/scale/readOptions.ts'
import { expectNear } from '../../helpers/expectNear.ts'

const sizes = [4, 16, 64, 256]
const pointsOf = (cost: (x: number) => number) => sizes.map((x) => ({ x, y: cost(x) }))
const linearity = (cost: (x: number) => number) =>
  checkLinear({ points: pointsOf(cost), tolerance: 0.03 })

describe('how cost grows', () => {
  describe('with workers', () => {
    it('finds the line that points lie on', () => {
      const { fixed, slope } = fitLine(pointsOf((x) => 300 + 20 * x))
      expectNear(fixed, 300, 1e-9)
      expectNear(slope, 20, 1e-9)
    })

    it('holds for a line, and for one that is a little bent', () => {
      expect(linearity((x) => 300_000 + 20_000 * x)).to.include({ holds: true })
      expect(linearity((x) => 300_000 + 20_000 * x + 2 * x * x)).to.include({ holds: true })
    })

    it('fails for a cost that grows with the square, however small its part', () => {
      expect(linearity((x) => x * x).holds).to.equal(false)
      const { holds, beyond } = linearity((x) => 300_000 + 20_000 * x + 20 * x * x)
      expect(holds).to.equal(false)
      expect(beyond).to.be.within(0.1, 0.25)
    })

    it('fails as well where many cost less than a line says', () => {
      expect(linearity((x) => 1000 * Math.sqrt(x)).holds).to.equal(false)
    })
  })

  describe('with topics', () => {
    const growth = (values: number[]) => checkGrowth({ values, tolerance: 0.03 })

    it('holds while a topic costs the same, or less', () => {
      expect(growth([100, 101, 99, 100]).holds).to.equal(true)
      expectNear(growth([100, 101, 99, 100]).growth, 1 / 99, 1e-9)
      expect(growth([100, 80, 78]).holds).to.equal(true)
      expect(growth([100])).to.include({ growth: 0, holds: true })
    })

    it('fails when it costs more, also more than it did among fewer still', () => {
      expect(growth([100, 100, 110])).to.include({ holds: false })
      expect(growth([100, 80, 90])).to.include({ holds: false })
    })
  })

  it('takes sizes that end with the largest', () => {
    expect(sizesUpTo({ largest: 256, times: 4, count: 4 })).to.deep.equal(sizes)
    expect(sizesUpTo({ largest: 1000, times: 10, count: 4 })).to.deep.equal([1, 10, 100, 1000])
    expect(sizesUpTo({ largest: 3, times: 10, count: 4 })).to.deep.equal([3])
  })

  it('says which option is wrong and what it may be', () => {
    const words = { topics: '10', seats: '2', rounds: '3', widest: '64' }
    expect(readOptions(words)).to.deep.equal({ topics: 10, seats: 2, rounds: 3, widest: 64 })
    const refused = (changes: Partial<typeof words>) => () => readOptions({ ...words, ...changes })
    expect(refused({ seats: '257' })).to.throw(
      '--seats takes a whole number from 1 to 256, not 257',
    )
    expect(refused({ topics: '0' })).to.throw(
      '--topics takes a whole number from 1 to 10000, not 0',
    )
    expect(refused({ rounds: '0' })).to.throw('from 1 to 1000')
    expect(refused({ rounds: '2.5' })).to.throw('--rounds takes')
    expect(refused({ widest: 'wide' })).to.throw('--widest takes')
  })
})
