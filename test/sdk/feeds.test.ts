import { expect } from 'chai'
import { keccak256, toHex, zeroAddress } from 'viem'
import type { Address } from 'viem'
import {
  AuspexError,
  createFallbackFeed,
  createFeed,
  createGuardedFeed,
  getDescription,
  getFeed,
  getMedianForecast,
  getRecordedForecast,
  readForecast,
  recordForecast,
} from '../../sdk/src/index.ts'
import type { FeedPolicy } from '../../sdk/src/index.ts'
import { connection, created, loadFixture, published } from '../helpers/network.ts'

const policy: FeedPolicy = {
  ...{ maxAge: 3600n, minContributors: 3n, minWagers: 1n, maxWidth: 0n, maxWidthBps: 0n },
  ...{ minValue: 0n, maxValue: 0n, sequencerFeed: zeroAddress, grace: 0n },
}

async function factories() {
  const base = await created()
  const { address } = await connection.viem.deployContract('FeedFactory', [base.contract.address])
  return { ...base, factory: address as Address }
}

describe('feeds of a topic', () => {
  it('are made by the topic’s id alone, where getFeed said they would be', async () => {
    const { factory, topic, params, stranger } = await loadFixture(factories)
    const kinds = [
      { key: { factory, topic, kind: 'plain' } as const, make: createFeed },
      { key: { factory, topic, kind: 'guarded', policy } as const, make: createGuardedFeed },
      { key: { factory, topic, kind: 'fallback', policy } as const, make: createFallbackFeed },
    ]
    const found = new Set<Address>()
    for (const { key, make } of kinds) {
      const before = await getFeed(stranger, key)
      expect(before.isDeployed).to.equal(false)
      expect((await make(stranger, { ...key, policy })).feed).to.equal(before.feed)
      expect(await getFeed(stranger, key)).to.deep.equal({ feed: before.feed, isDeployed: true })
      expect((await make(stranger, { ...key, policy })).feed).to.equal(before.feed)
      const { read } = await connection.viem.getContractAt('TopicFeed', before.feed)
      expect(await read.description!()).to.include(params.description)
      expect(await read.decimals!()).to.equal(Number(params.decimals))
      found.add(before.feed)
    }
    expect(found.size).to.equal(3)
  })

  it('are refused for a topic that does not exist', async () => {
    const { factory, stranger } = await loadFixture(factories)
    const topic = keccak256(toHex('nobody asked'))
    for (const refused of [
      await createFeed(stranger, { factory, topic }).catch((error) => error),
      await getFeed(stranger, { factory, topic, kind: 'plain' }).catch((error) => error),
    ])
      expect(refused).to.be.instanceOf(AuspexError).with.property('name', 'UnknownTopic')
    expect(await getDescription(stranger, { topic })).to.equal('')
  })

  it('carry the description that the network keeps', async () => {
    const { topic, params, stranger } = await loadFixture(factories)
    expect(await getDescription(stranger, { topic })).to.equal(params.description)
  })
})

async function histories() {
  const base = await published()
  const { address } = await connection.viem.deployContract('FeedHistory', [base.contract.address])
  return { ...base, history: address as Address }
}

describe('the history of a topic', () => {
  it('holds what was recorded while it was the latest, and nothing else', async () => {
    const { history, topic, stranger } = await loadFixture(histories)
    const key = { history, topic }
    expect(await getRecordedForecast(stranger, { ...key, roundId: 1n })).to.equal(undefined)
    const required = { ...policy, minContributors: 1n, minWagers: 0n }
    const median = { ...key, count: 1n, policy: required }
    const refused = await getMedianForecast(stranger, median).catch((error) => error)
    expect(refused).to.be.instanceOf(AuspexError).with.property('name', 'NotRecorded')

    expect((await recordForecast(stranger, key)).roundId).to.equal(1n)
    expect((await recordForecast(stranger, key)).roundId).to.equal(undefined)
    const { value, targetTime } = await readForecast(stranger, { topic })
    const recorded = await getRecordedForecast(stranger, { ...key, roundId: 1n })
    expect(recorded).to.include({ value, targetTime })
    expect(await getMedianForecast(stranger, median)).to.equal(value)
  })
})
