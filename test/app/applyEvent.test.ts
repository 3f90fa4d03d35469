import { expect } from 'chai'
import { zeroAddress } from 'viem'
import type { Address } from 'viem'
import { applyEvent } from '../../app/indexer/applyEvent.ts'
import { openStore } from '../../app/src/openStore.ts'
import type { Store } from '../../app/src/openStore.ts'

const topic = `0x${'11'.repeat(32)}` as const
const worker: Address = `0x${'22'.repeat(20)}`
const times = { start: 0n, cadence: 1n, commitWindow: 1n, revealWindow: 1n, horizon: 3n }
const rules = { truthWindow: 1n, intervalBps: 9500n, tipBps: 0n, seats: 4n, minStake: 50n }
const params = { ...times, ...rules, description: 'a topic', truth: zeroAddress }

describe('A seat in the tables of the page', () => {
  let store: Store
  let place = 0
  const apply = (name: string, args: object) =>
    applyEvent(store.tables, {
      ...{ name, args: { topic, worker, ...args }, transaction: topic },
      ...{ block: 1, at: 1, place: place++ },
    })
  const seat = async () => (await store.tables.find('worker', { topic, worker }))!.seat

  before(async () => {
    store = await openStore()
    await apply('TopicCreated', { creator: zeroAddress, params })
  })
  after(() => store.close())
  beforeEach(async () => {
    await store.tables.insert('worker', {
      ...{ topic, worker, owner: worker, seat: 2, stake: 100n, pending: 0n, leaving: 0n },
      ...{ deposited: 100n, withdrawn: 0n, reward: 0n, fromPool: 0n, fromPeers: 0n, slashed: 0n },
      ...{ rounds: 0, squaredError: 0, aggregateSquaredError: 0, block: 1, transaction: topic },
    })
  })

  it('is kept while three times the leaving stake stays', async () => {
    await apply('Unstaked', { amount: 25n })
    expect(await seat()).to.equal(2)
  })

  it('is given up when less stays', async () => {
    await apply('Unstaked', { amount: 26n })
    expect(await seat()).to.equal(null)
  })

  it('is given up when less stays than a seat needs', async () => {
    await store.tables.update('worker', { topic, worker }, { stake: 60n })
    await apply('Unstaked', { amount: 11n })
    expect(await seat()).to.equal(null)
  })
})
