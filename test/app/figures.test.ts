import { expect } from 'chai'
import { expectNear } from '../helpers/expectNear.ts'
import { bestSoFar, departuresOf, moveOf, runOutOf, voidReason } from '../../app/page/figures.ts'

const e18 = (value: number) => `${BigInt(Math.round(value * 1e6)) * 10n ** 12n}`
const terms = { minWorkers: '3', minWager: e18(50), riskBps: '200' }

describe('The figures of a topic', () => {
  describe('why a round is void', () => {
    const round = { round: 4, committed: 5, revealed: 5, value: null }
    const said = [1, 2, 3].map(() => ({ round: 4, wager: e18(10) }))

    it('is a missing truth where it was published', () => {
      expect(voidReason({ terms }, { ...round, value: '1' }, [])).to.match(/no truth/)
    })

    it('is how few predictions were revealed', () => {
      const reason = voidReason({ terms }, { ...round, revealed: 2 }, [])
      expect(reason).to.equal('2 of 5 predictions were revealed, and it needs 3')
    })

    it('is how little was at risk, in this round alone', () => {
      const others = [...said, { round: 3, wager: e18(1000) }]
      const reason = voidReason({ terms }, round, others)
      expect(reason).to.equal('30 tokens were at risk, and it needs 50')
    })

    it('is nobody who published where all was there', () => {
      const enough = [...said, { round: 4, wager: e18(20) }]
      expect(voidReason({ terms }, round, enough)).to.match(/nobody published/)
    })
  })

  describe('how long the pool lasts', () => {
    it('is what is left by the mean cost of settled rounds', () => {
      const rounds = [-3, 1, -1].map((change) => ({ poolChange: e18(change) }))
      const open = { poolChange: null }
      expect(runOutOf({ pool: e18(100.5) }, [...rounds, open])).to.equal(100)
    })

    it('is not said of a pool that grows, or of one that nothing is known of', () => {
      expect(runOutOf({ pool: e18(100) }, [{ poolChange: e18(1) }])).to.equal(undefined)
      expect(runOutOf({ pool: e18(100) }, [])).to.equal(undefined)
    })
  })

  describe('what moving the value by a sigma takes', () => {
    const round = { value: e18(100), clipLow: e18(96), clipHigh: e18(108), wagers: e18(70) }

    it('is the share of the money that moves it so far towards the farther end', () => {
      // 2.4 of 8 is three tenths of all money: 30 beside the 70 that are there.
      const move = moveOf({ terms }, { ...round, sigma: e18(2.4) })!
      expectNear(move.wager, 30, 1e-9)
      expectNear(move.stake, 1500, 1e-6)
    })

    it('is out of reach where that is a third or more', () => {
      expect(moveOf({ terms }, { ...round, sigma: e18(2.7) })).to.equal(undefined)
      expect(moveOf({ terms }, { ...round, value: null, sigma: e18(1) })).to.equal(undefined)
    })
  })

  it('follow the best so far by what was known before each round', () => {
    const settled = [0, 1, 2].map((round) => ({ round, truth: e18(10) }))
    const said = settled.flatMap(({ round }) => [
      { round, worker: 'a', value: e18(round === 1 ? 50 : 11) },
      { round, worker: 'b', value: e18(13) },
    ])
    // First nobody is known; then a is better, and after its 50 b is.
    expect(bestSoFar(settled, said)).to.deep.equal([null, 50, 13])
  })

  it('say what workers said beside the aggregate of a round, where it has one', () => {
    const rounds = [
      { round: 1, value: e18(100) },
      { round: 2, value: null },
    ]
    const said = [1, 2, 3].map((round) => ({ round, worker: 'a', value: e18(103) }))
    expect(departuresOf(rounds, said)).to.deep.equal([{ worker: 'a', round: 1n, residual: 3 }])
  })
})
