/* What a look at the chain costs a reputer that has nothing to do: nodes of many topics do little else. */
import { expect } from 'chai'
import { createPublicClient, custom } from 'viem'
import type { AuspexClient } from '../../../sdk/src/index.ts'
import { gateOf, openDesk } from '../../../workers/src/http/openDesk.ts'
import {
  connection,
  loadFixture,
  staked,
  stakedWith,
  tellTruth,
  TRUTH,
} from '../../helpers/network.ts'
import { reputerOf, workerOf } from './nodes.ts'

/** A client that notes which methods are asked of the chain. */
function counted(client: AuspexClient) {
  const methods: string[] = []
  const request = ({ method, params }: { method: string; params?: unknown }) => {
    methods.push(method)
    return connection.provider.request({ method, params: params as unknown[] })
  }
  const transport = custom({ request })
  return {
    client: { ...client, public: createPublicClient({ transport, cacheTime: 0 }) },
    /** What was asked since the last time. */
    asked: () => methods.splice(0),
  }
}

const signedOnly = () => stakedWith({ commitWindow: 0n })

async function playing(fixture = staked) {
  const base = await loadFixture(fixture)
  const { topic, keeper, workers, truth, goTo } = base
  const { client, asked } = counted(keeper)
  const desk = openDesk({ file: ':memory:' })
  const { reputer, endpoint } = reputerOf({ client, topic, feed: truth.address, desk })
  const nodes = workers.map((worker) =>
    workerOf({ client: worker, topic, reputers: [endpoint], patienceBps: 10_000n }),
  )
  const both = async (round: bigint, time: 'openTime' | 'revealTime') => {
    await goTo(time, round)
    for (const node of nodes) await node.tick()
    await reputer.tick()
  }
  const reveal = async (round: bigint) => {
    await both(round, 'openTime')
    await both(round, 'revealTime')
    asked()
  }
  const publish = async (round: bigint) => {
    await reveal(round)
    await goTo('publishTime', round)
    await reputer.tick()
    await reputer.tick()
    asked()
  }
  return { ...base, desk, reputer, nodes, asked, both, reveal, publish }
}

const READ = 'eth_call'
const LOGS = 'eth_getLogs'

describe('a reputer’s look at the chain', () => {
  it('does not search for the list that it has committed itself', async () => {
    const { reputer, both, asked } = await playing()
    await both(0n, 'openTime')
    expect(asked()).to.include(LOGS)
    expect(await reputer.tick()).to.have.length(1)
    expect(asked()).to.not.include(LOGS)
  })

  it('reads the lists of a round once, while one is awaited in it', async () => {
    const { reputer, nodes, both, goTo, asked } = await playing()
    await both(0n, 'openTime')
    await goTo('revealTime', 0n)
    for (const node of nodes.slice(1)) await node.tick()
    asked()
    await reputer.tick()
    expect(asked()).to.include(LOGS)
    expect(await reputer.tick()).to.have.length(1)
    expect(asked()).to.include(READ).and.not.to.include(LOGS)
  })

  it('reads no logs where nothing is sealed, while the chain counts as many as before', async () => {
    const { reputer, both, asked } = await playing(signedOnly)
    await both(0n, 'openTime')
    asked()
    await reputer.tick()
    expect(asked()).to.include(LOGS)
    await reputer.tick()
    expect(asked()).to.include(READ).and.not.to.include(LOGS)
  })

  it('reads a published round again while it could be taken back, and then no more', async () => {
    const { reputer, publish, asked } = await playing()
    await publish(0n)
    await reputer.tick()
    expect(asked()).to.include(READ)
    await connection.networkHelpers.mine(64)
    expect(await reputer.tick()).to.have.length(1)
    expect(asked()).to.not.include(READ)
  })

  it('settles such a round when its truth is known', async () => {
    const base = await playing()
    await base.publish(0n)
    await connection.networkHelpers.mine(64)
    await base.reputer.tick()
    await tellTruth(base, { round: 0n, value: TRUTH })
    expect((await base.reputer.tick()).map(({ status }) => status)).to.deep.equal(['settled'])
  })

  it('sees that somebody else settled such a round', async () => {
    const base = await playing()
    const { topic, stranger, truth, publish, reputer } = base
    await publish(0n)
    await connection.networkHelpers.mine(64)
    await tellTruth(base, { round: 0n, value: TRUTH })
    await reputerOf({ client: stranger, topic, feed: truth.address }).reputer.tick()
    expect(await reputer.tick()).to.deep.equal([])
  })

  it('leaves on the desk what the ring can still hold, and nothing older', async () => {
    const base = await playing()
    const { topic, desk, reputer, publish, params } = base
    const held = (round: bigint) => desk.offersOf({ topic, round }).length
    for (let round = 0n; round <= params.ringSize + 1n; round++) {
      await publish(round)
      await tellTruth(base, { round, value: TRUTH })
      await reputer.tick()
      await reputer.tick()
    }
    expect(held(0n)).to.equal(0)
    expect(held(1n)).to.equal(5)
  })
})

describe('a topic’s gate', () => {
  it('remembers seats for the last four rounds it was asked about', async () => {
    const { keeper, workers, topic } = await loadFixture(staked)
    const { client, asked } = counted(keeper)
    const gate = gateOf(client, { topic })
    const worker = workers[0]!.account!
    for (const round of [0n, 0n, 1n, 2n, 3n]) {
      expect(await gate.isSeated(round, worker)).to.equal(true)
    }
    expect(asked()).to.have.length(4)
    await gate.isSeated(0n, worker)
    expect(asked()).to.deep.equal([])

    await gate.isSeated(4n, worker)
    await gate.isSeated(0n, worker)
    expect(asked()).to.have.length(2)
  })
})
