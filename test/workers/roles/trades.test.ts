/* A reputer's trades by nodes of their own: none does what is another one's, and together they play a round. */
import { expect } from 'chai'
import { getRound } from '../../../sdk/src/index.ts'
import type { Trade } from '../../../workers/src/reputer/reputerTurn.ts'
import { loadFixture, staked, stakedWith, TRUTH, tellTruth } from '../../helpers/network.ts'
import { reputerOf, workerOf } from './nodes.ts'

const round = 0n

const signedOnly = () => stakedWith({ commitWindow: 0n })

async function playing(fixture: typeof staked = staked) {
  const base = await loadFixture(fixture)
  const { topic, keeper, stranger, workers, truth, goTo } = base
  const only = (client: typeof keeper, ...trades: Trade[]) =>
    reputerOf({ client, topic, feed: truth.address, trades })
  const collector = only(keeper, 'collector')
  const alone = only(stranger, 'keeper')
  const nodes = workers.map((client) =>
    workerOf({ client, topic, reputers: [collector.endpoint], patienceBps: 10_000n }),
  )
  const doneBy = async ({ reputer }: typeof collector) =>
    (await reputer.tick()).map((step) => step.status).filter((status) => status !== 'idle')
  const at = async (moment: Parameters<typeof goTo>[0]) => {
    await goTo(moment, round)
    for (const node of nodes) await node.tick()
  }
  const statusOf = async () => (await getRound(keeper, { topic, round })).status
  return { ...base, only, collector, alone, doneBy, at, statusOf }
}

describe('the trades of a reputer', () => {
  describe('as two nodes, a collector and a keeper', () => {
    it('play a round to its settlement', async () => {
      const base = await playing()
      const { collector, alone, doneBy, at, statusOf } = base
      await at('openTime')
      expect(await doneBy(alone)).to.deep.equal([])
      expect(await doneBy(collector)).to.deep.equal(['committed'])
      await at('revealTime')
      expect(await doneBy(alone)).to.deep.equal([])
      expect(await doneBy(collector)).to.deep.equal(['revealed'])
      expect(await statusOf()).to.equal('open')
      expect(await doneBy(alone)).to.deep.equal(['published'])
      await tellTruth(base, { round, value: TRUTH })
      await base.goTo('targetTime', round)
      expect(await doneBy(collector)).to.deep.equal([])
      expect(await doneBy(alone)).to.deep.equal(['settled'])
      expect(await statusOf()).to.equal('settled')
    })

    it('do so where nothing is sealed', async () => {
      const { collector, alone, doneBy, at, statusOf } = await playing(signedOnly)
      await at('revealTime')
      expect(await doneBy(alone)).to.deep.equal([])
      expect(await doneBy(collector)).to.deep.equal(['revealed'])
      await at('publishTime')
      expect(await doneBy(collector)).to.deep.equal([])
      expect(await doneBy(alone)).to.deep.equal(['published'])
      expect(await statusOf()).to.equal('published')
    })
  })

  describe('a collector alone', () => {
    it('publishes nothing, and settles nothing that another one published', async () => {
      const base = await playing()
      const { collector, alone, doneBy, at, goTo, statusOf } = base
      await at('openTime')
      await doneBy(collector)
      await at('revealTime')
      await doneBy(collector)
      await goTo('publishTime', round)
      expect(await doneBy(collector)).to.deep.equal([])
      expect(await statusOf()).to.equal('open')
      await doneBy(alone)
      await tellTruth(base, { round, value: TRUTH })
      await goTo('targetTime', round)
      expect(await doneBy(collector)).to.deep.equal([])
      expect(await statusOf()).to.equal('published')
    })
  })

  describe('a reporter alone', () => {
    it('leaves every round to others, whatever is due', async () => {
      const { only, stranger, collector, doneBy, at, goTo, statusOf } = await playing()
      const reporter = only(stranger, 'reporter')
      await at('openTime')
      await doneBy(collector)
      await at('revealTime')
      await doneBy(collector)
      await goTo('publishTime', round)
      expect(await doneBy(reporter)).to.deep.equal([])
      expect(await statusOf()).to.equal('open')
    })
  })
})
