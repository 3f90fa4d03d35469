import { expect } from 'chai'
import { createPublicClient, custom, getAbiItem, RpcRequestError, HttpRequestError } from 'viem'
import type { PublicClient } from 'viem'
import { topicNetworkAbi } from '../../sdk/src/abis/index.ts'
import { blocksOf } from '../../sdk/src/contract/logs.ts'
import { createLogReader, getOutcome, getRevealed, readLogs } from '../../sdk/src/index.ts'
import { connection, loadFixture, published, staked } from '../helpers/network.ts'

const created = getAbiItem({ abi: topicNetworkAbi, name: 'TopicCreated' })
const opened = getAbiItem({ abi: topicNetworkAbi, name: 'RoundOpened' })
const taken = getAbiItem({ abi: topicNetworkAbi, name: 'SeatTaken' })

type Question = { method: string; params?: unknown }
type Filter = { fromBlock: `0x${string}`; toBlock: `0x${string}` }

/** An endpoint in front of the test's chain: `refuse` may throw before a question for logs is passed on. */
function endpoint(refuse: (blocks: bigint, filter: Filter) => void) {
  const sizes: bigint[] = []
  const asked: string[] = []
  const request = async ({ method, params }: Question) => {
    asked.push(method)
    if (method === 'eth_getLogs') {
      const [filter] = params as [Filter]
      const blocks = BigInt(filter.toBlock) - BigInt(filter.fromBlock) + 1n
      sizes.push(blocks)
      refuse(blocks, filter)
    }
    return connection.provider.request({ method, params: (params ?? []) as unknown[] })
  }
  const client: PublicClient = createPublicClient({
    transport: custom({ request } as never, { retryCount: 0 }),
  })
  return { client, sizes, asked }
}

function answer(code: number, message: string): RpcRequestError {
  return new RpcRequestError({ body: {}, url: 'http://node', error: { code, message } })
}

const atMost = (most: bigint, code = -32000) =>
  endpoint((blocks) => {
    if (blocks > most) throw answer(code, `query exceeds max block range ${most}`)
  })

async function oldNetwork() {
  const base = await staked()
  await connection.networkHelpers.mine(1_500)
  return base
}

async function oldRound() {
  await connection.networkHelpers.mine(5_000, { interval: 12 })
  const base = await published()
  await connection.networkHelpers.mine(3_000)
  return base
}

describe('a search for logs', () => {
  for (const code of [-32000, -32005, -32602, -32603, 35]) {
    it(`goes out in pieces where the endpoint refuses long ranges with ${code}`, async () => {
      const { creator, workers } = await loadFixture(oldNetwork)
      const { client, sizes } = atMost(1_000n, code)
      const logs = await readLogs({ ...creator!, public: client }, { event: taken })
      expect(logs.map(({ args }) => args.worker.toLowerCase())).to.deep.equal(
        workers.map(({ account }) => account!.toLowerCase()),
      )
      expect(sizes.filter((size) => size <= 1_000n).length).to.be.greaterThan(1)
    })
  }

  it('goes out in pieces where an HTTP status refuses', async () => {
    const { creator, workers } = await loadFixture(oldNetwork)
    const { client } = endpoint((blocks) => {
      if (blocks > 100n) throw new HttpRequestError({ url: 'http://node', status: 413 })
    })
    const logs = await readLogs({ ...creator!, public: client }, { event: taken })
    expect(logs).to.have.length(workers.length)
  })

  it('covers every block once', async () => {
    const { creator } = await loadFixture(oldNetwork)
    const covered: bigint[] = []
    const { client } = endpoint((blocks, { fromBlock }) => {
      if (blocks > 77n) throw answer(-32000, 'too many blocks')
      for (let i = 0n; i < blocks; i++) covered.push(BigInt(fromBlock) + i)
    })
    await readLogs({ ...creator!, public: client }, { event: taken })
    const last = await client.getBlockNumber()
    const all = Array.from({ length: Number(last - creator!.fromBlock) + 1 }, (_, i) => BigInt(i))
    expect(covered).to.deep.equal(all)
  })

  it('remembers what an endpoint accepts', async () => {
    const { creator } = await loadFixture(oldNetwork)
    const { client, sizes } = atMost(1_000n)
    const reader = { ...creator!, public: client }
    await readLogs(reader, { event: created })
    sizes.length = 0
    await readLogs(reader, { event: created, fromBlock: 1_000n })
    expect(sizes.every((size) => size <= 1_000n)).to.equal(true)
  })

  it('ends with what it was asked to find', async () => {
    const { creator } = await loadFixture(oldNetwork)
    const [first] = await readLogs(creator!, { event: created, most: 1 })
    const { client, sizes } = atMost(100n)
    const from = { event: created, most: 1, fromBlock: first!.blockNumber }
    await readLogs({ ...creator!, public: client }, from)
    expect(sizes.filter((size) => size <= 100n)).to.have.length(1)
  })

  it('throws what smaller pieces cannot cure, at once', async () => {
    const { creator } = await loadFixture(oldNetwork)
    const faults = [
      answer(-32601, 'the method eth_getLogs does not exist'),
      new HttpRequestError({ url: 'http://node', status: 503 }),
      new HttpRequestError({ url: 'http://node', details: 'ECONNREFUSED' }),
    ]
    for (const fault of faults) {
      const { client, sizes } = endpoint(() => {
        throw fault
      })
      const failure = await readLogs({ ...creator!, public: client }, { event: created }).catch(
        (error: Error) => error,
      )
      expect(failure).to.be.instanceOf(Error)
      expect(sizes).to.have.length(1)
    }
  })

  it('throws where a single block is refused', async () => {
    const { creator } = await loadFixture(oldNetwork)
    const { client } = atMost(0n)
    const failure = await readLogs({ ...creator!, public: client }, { event: created }).catch(
      (error: Error) => error,
    )
    expect((failure as Error).message).to.include('max block range')
  })

  it('resumes where an endpoint failed, and gives each log once', async () => {
    const { creator, workers } = await loadFixture(oldNetwork)
    let isDown = false
    const { client, sizes } = endpoint((blocks, { fromBlock }) => {
      if (blocks > 500n) throw answer(-32000, 'too many blocks')
      if (isDown && BigInt(fromBlock) > 600n) throw new HttpRequestError({ url: 'http://node' })
    })
    const search = createLogReader({ ...creator!, public: client }, { event: taken })
    isDown = true
    expect(await search.next().catch(() => 'failed')).to.equal('failed')
    const reached = search.position()
    expect(reached > 600n).to.equal(true)

    isDown = false
    sizes.length = 0
    expect(await search.next()).to.have.length(workers.length)
    const left = (await client.getBlockNumber()) - reached + 1n
    expect(sizes.reduce((sum, size) => sum + size, 0n)).to.equal(left)
    expect(await search.next()).to.deep.equal([])
  })
})

describe('a search for a round’s events', () => {
  it('begins shortly before the round opens, in few questions', async () => {
    const { creator, topic } = await loadFixture(oldRound)
    const { client, asked } = atMost(10_000n)
    const { fromBlock, toBlock } = await blocksOf(
      { ...creator!, public: client },
      { topic, round: 0n },
    )
    const [first] = await readLogs(creator!, { event: opened, args: { topic } })
    expect(toBlock - first!.blockNumber >= 3_000n).to.equal(true)
    expect(first!.blockNumber - fromBlock).to.be.within(0n, 1_064n)
    expect(asked.length).to.be.lessThan(16)
    asked.length = 0
    await blocksOf({ ...creator!, public: client }, { topic, round: 0n })
    expect(asked).to.deep.equal(['eth_blockNumber'])
  })

  it('finds them all through an endpoint that accepts 1,000 blocks', async () => {
    const { creator, topic, workers } = await loadFixture(oldRound)
    const { client } = atMost(1_000n)
    const reader = { ...creator!, public: client }
    const { predictions } = await getRevealed(reader, { topic, round: 0n })
    expect(predictions).to.have.length(workers.length)
    expect(await getOutcome(reader, { topic, round: 0n })).to.deep.equal(
      await getOutcome(creator!, { topic, round: 0n }),
    )
  })
})
