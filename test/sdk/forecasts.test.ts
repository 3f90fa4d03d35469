import { globSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { createPublicClient, custom, publicActions } from 'viem'
import * as sdk from '../../sdk/src/index.ts'
import {
  auspexActions,
  getForecasts,
  readForecast,
  watchForecasts,
  watchRounds,
  publish,
} from '../../sdk/src/index.ts'
import type { AuspexError, Forecast, RoundChange } from '../../sdk/src/index.ts'
import { targetTime } from '../../sdk/src/maths/schedule.ts'
import { connection, created, loadFixture, published, revealed, time } from '../helpers/network.ts'

describe('a forecast', () => {
  describe('before anything is published', () => {
    it('is void, not usable, and says what is asked', async () => {
      const { stranger, topic, params } = await loadFixture(created)
      const forecast = await readForecast(stranger!, { topic })
      expect(forecast).to.include({ status: 'void', isUsable: false, value: 0n })
      expect(forecast.description).to.equal(params.description)
    })

    it('is refused in words where there is no such topic', async () => {
      const { stranger } = await loadFixture(created)
      const topic = `0x${'11'.repeat(32)}` as const
      const failure = await readForecast(stranger!, { topic }).catch((error: Error) => error)
      expect((failure as AuspexError).name).to.equal('UnknownTopic')
    })
  })

  describe('published', () => {
    it('has no interval before one is promised, and an age by the chain’s clock', async () => {
      const { stranger, topic } = await loadFixture(published)
      const fresh = await readForecast(stranger!, { topic })
      expect(fresh.interval).to.equal(null)
      await time.increase(100n)
      const later = await readForecast(stranger!, { topic })
      expect(Number(later.ageSeconds - fresh.ageSeconds)).to.be.within(99, 102)
    })

    it('is no longer usable once its target time has passed', async () => {
      const { stranger, topic, goTo } = await loadFixture(published)
      await goTo('targetTime', 0n)
      expect(await readForecast(stranger!, { topic })).to.include({
        status: 'stale',
        isUsable: false,
      })
    })

    it('is found among the last ones', async () => {
      const { stranger, topic, params, outcome, round } = await loadFixture(published)
      const [only, ...others] = await getForecasts(stranger!, { topic, last: 5n })
      expect(others).to.deep.equal([])
      const { publishedAt, contributors } = await readForecast(stranger!, { topic })
      expect(only).to.deep.equal({
        round,
        value: outcome.value,
        interval: null,
        targetTime: targetTime(params, round),
        publishedAt,
        contributors,
        wagers: outcome.wagers,
      })
    })

    it('is not among the last ones once other rounds have opened', async () => {
      const { stranger, topic, params } = await loadFixture(published)
      await time.increaseTo(params.start + params.cadence)
      expect(await getForecasts(stranger!, { topic, last: 1n })).to.deep.equal([])
      expect(await getForecasts(stranger!, { topic, last: 2n })).to.have.length(1)
    })
  })
})

describe('a watch', () => {
  it('reports each forecast once, until it is ended', async () => {
    const { keeper, stranger, topic, round, goTo } = await loadFixture(revealed)
    const seen: Forecast[] = []
    const unwatch = watchForecasts(stranger!, {
      topic,
      pollMs: 10,
      onForecast: (f) => seen.push(f),
    })
    await until(() => seen.length === 1)
    await goTo('publishTime', round)
    await publish(keeper!, { topic, round })
    await until(() => seen.length === 2)
    expect(seen.map(({ status }) => status)).to.deep.equal(['void', 'live'])
    unwatch()
    await goTo('targetTime', round)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(seen).to.have.length(2)
  })

  it('reports each change of a round, and goes on after a failure', async () => {
    const { keeper, stranger, topic, round, goTo } = await loadFixture(revealed)
    const seen: RoundChange[] = []
    const errors: Error[] = []
    let isDown = false
    const request = async (question: { method: string; params?: unknown[] }) => {
      if (isDown) throw new Error('the line is dead')
      return connection.provider.request({ ...question, params: question.params ?? [] })
    }
    const endpoint = createPublicClient({
      transport: custom({ request } as never, { retryCount: 0 }),
    })
    const unwatch = watchRounds(
      { ...stranger!, public: endpoint },
      { topic, pollMs: 10, onRound: (change) => seen.push(change), onError: (e) => errors.push(e) },
    )
    await until(() => seen.length === 1)
    isDown = true
    await until(() => errors.length > 0)
    isDown = false
    await goTo('publishTime', round)
    await publish(keeper!, { topic, round })
    await until(() => seen.length === 2)
    unwatch()
    expect(seen.map(({ before, round: { status } }) => [before, status])).to.deep.equal([
      ['none', 'open'],
      ['open', 'published'],
    ])
  })
})

describe('auspexActions', () => {
  it('bind every action and read of the SDK', async () => {
    const { contract } = await loadFixture(created)
    const client = (await connection.viem.getPublicClient()).extend(
      auspexActions({ network: contract.address }),
    )
    const taken = /export (?:async )?function (\w+)(?:<[^(]*>)?\(\s*client: AuspexClient/g
    const names = globSync('sdk/src/{actions,reads,time}/*.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(taken)].map(([, name]) => name!),
    )
    const missing = names.filter(
      (name) => name in sdk && !name.startsWith('prepare') && !(name in client.auspex),
    )
    expect(names.length).to.be.greaterThan(50)
    expect(missing).to.deep.equal([])
  })

  it('put reads and actions on a viem client', async () => {
    const { contract, topic, params, workers } = await loadFixture(created)
    const [, , , wallet] = await connection.viem.getWalletClients()
    const client = wallet!
      .extend(publicActions)
      .extend(auspexActions({ network: contract.address }))
    expect(client.account.address).to.equal(workers[0]!.account)
    expect((await client.auspex.readForecast({ topic })).status).to.equal('void')
    await client.auspex.deposit({ topic, amount: params.minStake })
    const { pending } = await client.auspex.getPosition({ topic, worker: client.account.address })
    expect(pending).to.equal(params.minStake)
  })

  it('only read on a client without an account, and say so', async () => {
    const { contract, topic } = await loadFixture(created)
    const client = (await connection.viem.getPublicClient()).extend(
      auspexActions({ network: contract.address, simulate: false }),
    )
    expect((await client.auspex.getTopic({ topic })).cadence > 0n).to.equal(true)
    const failure = await client.auspex.fund({ topic, amount: 1n }).catch((error: Error) => error)
    expect((failure as Error).message).to.match(/account|only reads/)
  })
})

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2_000 && !holds(); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  expect(holds()).to.equal(true)
}
