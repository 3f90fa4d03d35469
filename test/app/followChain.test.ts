import { expect } from 'chai'
import { encodeAbiParameters, encodeEventTopics, numberToHex, zeroAddress } from 'viem'
import type { Address } from 'viem'
import { applyEvent } from '../../app/indexer/applyEvent.ts'
import { followChain } from '../../app/src/followChain.ts'
import { openStore } from '../../app/src/openStore.ts'
import type { Store } from '../../app/src/openStore.ts'
import { topicNetworkAbi } from '../../sdk/src/abis/index.ts'

const topic = `0x${'11'.repeat(32)}` as const
const network: Address = `0x${'33'.repeat(20)}`
const times = { start: 0n, cadence: 1n, commitWindow: 1n, revealWindow: 1n, horizon: 3n }
const rules = { truthWindow: 1n, intervalBps: 9500n, tipBps: 0n, seats: 4n, minStake: 50n }
const params = { ...times, ...rules, description: 'a topic', truth: zeroAddress }

/** A chain of one block in which a topic's pool was given a hundred twice. */
async function answer(calls: readonly (readonly [string, (readonly unknown[])?])[]) {
  return calls.map(([method]) => {
    if (method === 'eth_blockNumber') return '0x1'
    if (method === 'eth_getBlockByNumber') return { timestamp: '0x1' }
    return [0, 1].map((place) => ({
      address: network,
      topics: encodeEventTopics({
        abi: topicNetworkAbi,
        eventName: 'Funded',
        args: { topic, from: zeroAddress },
      }),
      data: encodeAbiParameters([{ type: 'uint256' }], [100n]),
      ...{ blockNumber: '0x1', transactionHash: topic, blockHash: topic },
      ...{ transactionIndex: '0x0', logIndex: numberToHex(place), removed: false },
    }))
  })
}

describe('The follower of a chain', () => {
  let store: Store
  const poolIn = async (from: Store) => (await from.tables.find('topic', { id: topic }))!.pool

  beforeEach(async () => {
    store = await openStore()
    const created = { name: 'TopicCreated', args: { topic, creator: zeroAddress, params } }
    await applyEvent(store.tables, { ...created, transaction: topic, block: 0, at: 0, place: 0 })
  })
  afterEach(() => store.close())

  it('counts nothing twice where a write failed', async () => {
    let failures = 1
    const flush = () => (failures-- > 0 ? Promise.reject(new Error('disk')) : store.flush())
    const follower = followChain({ request: answer, network, store: { ...store, flush } })
    const refused = await follower.catchUp().catch((error: Error) => error.message)
    expect(refused).to.equal('disk')
    await follower.catchUp()
    expect(await poolIn(store)).to.equal(200n)
  })

  it('counts nothing twice where an event could not be applied at once', async () => {
    let failures = 1
    const update: typeof store.tables.update = async (...params) => {
      if ((await poolIn(store)) === 100n && failures-- > 0) throw new Error('torn')
      return store.tables.update(...params)
    }
    const tables = { ...store.tables, update }
    const follower = followChain({ request: answer, network, store: { ...store, tables } })
    expect(await follower.catchUp().catch((error: Error) => error.message)).to.equal('torn')
    await follower.catchUp()
    expect(await poolIn(store)).to.equal(200n)
  })
})
