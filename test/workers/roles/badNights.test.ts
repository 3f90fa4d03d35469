/* Faults between a commit and its reveal, and before the commit: none costs a reveal, none makes a key sign twice. */
import { setTimeout } from 'node:timers/promises'
import { expect } from 'chai'
import { getRevealed, getSealLists, unpackPrediction } from '../../../sdk/src/index.ts'
import type { AuspexClient, RoundKey } from '../../../sdk/src/index.ts'
import { openJournal } from '../../../workers/src/journal/openJournal.ts'
import { OperatorError } from '../../../workers/src/runtime/operatorError.ts'
import { connection, loadFixture, ONE, staked, time } from '../../helpers/network.ts'
import { reputerOf, silentReputer, workerOf } from './nodes.ts'

const round = 0n
const statuses = (steps: readonly { status: string }[]) => steps.map(({ status }) => status)

/** A log that keeps what it is given. */
function listening() {
  const lines: { message: string; fields: Record<string, unknown> }[] = []
  const take = (fields: object, message: string) => {
    lines.push({ message, fields: fields as Record<string, unknown> })
  }
  const said = (message: string) => lines.filter((line) => line.message === message)
  return { log: { debug: take, info: take, warn: take, error: take }, said }
}

/** A client whose endpoint answers every question for logs in its own way. */
function withLogs(client: AuspexClient, getLogs: () => Promise<unknown>): AuspexClient {
  return { ...client, public: { ...client.public, getLogs } } as AuspexClient
}

const empty = () => Promise.resolve([])
const refusing = () => Promise.reject(new Error('eth_getLogs is limited to 1000 blocks'))
const youngNow = async () =>
  openJournal({ file: ':memory:', now: BigInt(await time.latest()) + 1n })
const otherwise = async () => ({
  status: 'predicted' as const,
  prediction: { value: 7n, confidence: 1n },
})
const failing = () => Promise.reject(new Error('asked for a prediction'))

async function valueIn(client: AuspexClient, key: RoundKey): Promise<bigint> {
  const { predictions } = await getRevealed(client, key)
  expect(predictions).to.have.length(1)
  return unpackPrediction(predictions[0]!).value
}

describe('nodes: bad nights', () => {
  describe('given that no log query answers as it should', () => {
    for (const [name, answer] of [
      ['answers nothing', empty],
      ['refuses', refusing],
    ] as const) {
      it(`reveals what it committed alone where the endpoint ${name}, and says so once`, async () => {
        const { topic, workers, keeper, goTo } = await loadFixture(staked)
        const { log, said } = listening()
        const client = withLogs(workers[0]!, answer)
        const node = workerOf({ client, topic, log })
        await goTo('openTime', round)
        expect(statuses(await node.tick())).to.deep.equal(['committed'])
        await node.tick()
        await goTo('revealTime', round)
        expect(statuses(await node.tick())).to.deep.equal(['revealed'])
        expect(await valueIn(keeper, { topic, round })).to.equal(101n * ONE)
        expect(said('logs.missing')).to.have.length(1)
      })

      it(`reveals out of a reputer’s list where the endpoint ${name}`, async () => {
        const { topic, workers, keeper, truth, goTo, params } = await loadFixture(staked)
        const { reputer, endpoint } = reputerOf({ client: keeper, topic, feed: truth.address })
        const journal = openJournal({ file: ':memory:', now: 0n })
        await goTo('openTime', round)
        for (const client of workers.slice(1))
          await workerOf({ client, topic, reputers: [endpoint] }).tick()
        const client = withLogs(workers[0]!, answer)
        await workerOf({ client, topic, journal, reputers: [endpoint] }).tick()
        await reputer.tick()
        await goTo('revealTime', round)
        await time.increase((params.revealWindow * 8n) / 10n)
        const node = workerOf({ client, topic, journal, reputers: [silentReputer] })
        expect(statuses(await node.tick())).to.deep.equal(['revealed'])
        expect((await getRevealed(keeper, { topic, round })).workers).to.deep.equal([
          client.account,
        ])
        expect(statuses(await node.tick())).to.deep.equal(['idle'])
      })

      it(`hands over what the journal holds before it asks where the endpoint ${name}`, async () => {
        const { topic, workers, keeper, truth, goTo } = await loadFixture(staked)
        const { reputer, endpoint, desk } = reputerOf({
          client: keeper,
          topic,
          feed: truth.address,
        })
        let asked = 0
        const client = withLogs(workers[0]!, () => {
          asked += desk.offersOf({ topic, round }).some(({ opening }) => opening) ? 0 : 1
          return answer()
        })
        const node = workerOf({ client, topic, reputers: [endpoint] })
        await goTo('openTime', round)
        await node.tick()
        await reputer.tick()
        await goTo('revealTime', round)
        asked = 0
        expect(statuses(await node.tick())).to.deep.equal(['opened'])
        expect(asked, 'log queries before the opening was handed over').to.equal(0)
      })

      it(`recovers a lost journal where the endpoint ${name}`, async () => {
        const { topic, workers, keeper, goTo } = await loadFixture(staked)
        await goTo('openTime', round)
        await workerOf({ client: workers[0]!, topic }).tick()
        await goTo('revealTime', round)
        const client = withLogs(workers[0]!, answer)
        const node = workerOf({ client, topic, journal: await youngNow(), predict: failing })
        expect(statuses(await node.tick())).to.deep.equal(['revealed'])
        expect(await valueIn(keeper, { topic, round })).to.equal(101n * ONE)
      })
    }
  })

  describe('given a journal that is lost, and a model that says something else now', () => {
    it('reveals what it had committed alone', async () => {
      const { topic, workers, keeper, goTo } = await loadFixture(staked)
      const place = { client: workers[0]!, topic }
      await goTo('openTime', round)
      await workerOf(place).tick()
      await goTo('revealTime', round)
      const node = workerOf({ ...place, journal: await youngNow(), predict: otherwise })
      expect(statuses(await node.tick())).to.deep.equal(['revealed'])
      expect(await valueIn(keeper, { topic, round })).to.equal(101n * ONE)
    })

    it('reveals what a reputer had committed for it, while its model fails', async () => {
      const { topic, workers, keeper, truth, goTo, params } = await loadFixture(staked)
      const { reputer, endpoint } = reputerOf({ client: keeper, topic, feed: truth.address })
      await goTo('openTime', round)
      for (const client of workers) await workerOf({ client, topic, reputers: [endpoint] }).tick()
      await reputer.tick()
      await goTo('revealTime', round)
      await time.increase((params.revealWindow * 8n) / 10n)
      const client = workers[2]!
      const node = workerOf({
        client,
        topic,
        journal: await youngNow(),
        predict: failing,
        reputers: [silentReputer],
      })
      expect(statuses(await node.tick())).to.deep.equal(['revealed'])
      expect((await getRevealed(keeper, { topic, round })).workers).to.deep.equal([client.account])
    })
  })

  describe('given one key on two machines with different reputers', () => {
    async function withTwo() {
      const base = await loadFixture(staked)
      const { topic, keeper, stranger, workers, truth } = base
      const [first, second] = [keeper, stranger].map((client) =>
        reputerOf({ client, topic, feed: truth.address }),
      )
      const place = { client: workers[0]!, topic }
      return { ...base, first: first!, second: second!, place }
    }

    it('listens for a whole round, sees the older one’s commitment and stops before it signs', async () => {
      const { first, second, place, goTo, topic } = await withTwo()
      const old = workerOf({ ...place, reputers: [first.endpoint] })
      await goTo('openTime', round)
      await old.tick()
      const journal = await youngNow()
      const young = workerOf({ ...place, journal, reputers: [second.endpoint], predict: otherwise })
      expect(statuses(await young.tick())).to.deep.equal(['abstained'])

      await goTo('openTime', 1n)
      await old.tick()
      expect(statuses(await young.tick()).at(-1)).to.equal('idle')
      expect(second.desk.offersOf({ topic, round: 1n })).to.have.length(0)
      await first.reputer.tick()
      const error = await young.tick().catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(OperatorError).and.to.have.property('reason', 'locked')
      expect(journal.records()).to.have.length(0)
    })

    it('asks its reputers what they hold, and stops where one holds what it never signed', async () => {
      const { first, place, goTo } = await withTwo()
      await goTo('openTime', round)
      const journal = await youngNow()
      await goTo('openTime', 1n)
      await workerOf({ ...place, reputers: [first.endpoint] }).tick()
      const young = workerOf({ ...place, journal, reputers: [silentReputer, first.endpoint] })
      const error = await young.tick().catch((thrown: unknown) => thrown)
      expect(String(error)).to.match(/has signed in round 1/)
    })

    it('signs from the next round on where nobody else does', async () => {
      const { first, place, goTo, params } = await withTwo()
      await goTo('openTime', round)
      const young = workerOf({ ...place, journal: await youngNow(), reputers: [first.endpoint] })
      expect(statuses(await young.tick())).to.deep.equal(['abstained'])
      await goTo('openTime', 1n)
      expect(statuses(await young.tick())).to.deep.equal(['idle'])
      await goTo('openTime', 2n)
      // It leaves the beginning of the window to an older journal.
      expect(statuses(await young.tick())).to.deep.equal(['waiting'])
      await time.increase((params.commitWindow * 45n) / 100n)
      expect(statuses(await young.tick())).to.deep.equal(['handed'])
      await goTo('openTime', 3n)
      expect(statuses(await young.tick()).at(-1)).to.equal('handed')
    })

    it('gives way in its first round to an older one that was silent while it listened', async () => {
      const { first, second, place, goTo, params } = await withTwo()
      await goTo('openTime', round)
      const journal = await youngNow()
      const young = workerOf({ ...place, journal, reputers: [second.endpoint], predict: otherwise })
      await young.tick()
      await goTo('openTime', 1n)
      await young.tick()
      await goTo('openTime', 2n)
      const old = workerOf({ ...place, reputers: [first.endpoint] })
      expect(statuses(await old.tick()).at(-1)).to.equal('handed')
      expect(statuses(await young.tick()).at(-1)).to.equal('waiting')
      await first.reputer.tick()
      await time.increase((params.commitWindow * 45n) / 100n)
      const error = await young.tick().catch((thrown: unknown) => thrown)
      expect(String(error)).to.match(/has committed in round 2/)
      expect(journal.records()).to.have.length(0)
    })
  })

  describe('given two journals of one key that were begun in the same moment', () => {
    async function withTwins() {
      const base = await loadFixture(staked)
      const { topic, keeper, workers, truth, goTo, params } = base
      const shared = reputerOf({ client: keeper, topic, feed: truth.address })
      await goTo('openTime', round)
      const now = BigInt(await time.latest()) + 1n
      const twins = [now, now].map((since) => {
        const journal = openJournal({ file: ':memory:', now: since })
        const place = { client: workers[0]!, topic, reputers: [silentReputer, shared.endpoint] }
        return { journal, worker: workerOf({ ...place, journal }) }
      })
      return { ...base, shared, twins, window: params.commitWindow }
    }
    const ticked = (twins: Awaited<ReturnType<typeof withTwins>>['twins']) =>
      Promise.allSettled(twins.map(({ worker }) => worker.tick()))

    it('stops one of them while both listen, before either has signed anything', async () => {
      const { twins, goTo, window } = await withTwins()
      await goTo('openTime', 1n)
      const stopped = new Set<number>()
      for (let look = 0; look < 4; look++) {
        const outcomes = await ticked(twins)
        outcomes.forEach(({ status }, i) => status === 'rejected' && stopped.add(i))
        await time.increase(window / 6n)
      }
      expect(stopped.size).to.equal(1)
      expect(twins.flatMap(({ journal }) => journal.records())).to.deep.equal([])
    })

    it('lets the older one go on, and stops the younger', async () => {
      const { topic, shared, workers, goTo, window } = await withTwins()
      const now = BigInt(await time.latest())
      const place = { client: workers[0]!, topic, reputers: [shared.endpoint] }
      const at = (since: bigint) => openJournal({ file: ':memory:', now: since })
      const older = workerOf({ ...place, journal: at(now + 1n) })
      const younger = workerOf({ ...place, journal: at(now + 2n) })
      await goTo('openTime', 1n)
      const failures: unknown[] = []
      for (let look = 0; look < 4; look++) {
        expect(statuses(await older.tick()).at(-1)).to.equal('idle')
        await younger.tick().catch((error: unknown) => failures.push(error))
        await time.increase(window / 6n)
      }
      expect(failures.length).to.be.above(0)
      expect(failures[0]).to.be.instanceOf(OperatorError).and.to.have.property('reason', 'locked')
      expect(String(failures[0])).to.contain('its journal is older')
    })

    it('is not stopped by one that ended before it began', async () => {
      const { topic, shared, workers, goTo, window } = await withTwins()
      const now = BigInt(await time.latest())
      const place = { client: workers[0]!, topic, reputers: [shared.endpoint] }
      const at = (since: bigint) => openJournal({ file: ':memory:', now: since })
      const ended = workerOf({ ...place, journal: at(now + 1n) })
      const countOf = () =>
        workers[0]!.public.getTransactionCount({ address: workers[0]!.account! })
      const before = await countOf()
      await goTo('openTime', 1n)
      await ended.tick()
      while ((await countOf()) === before) await setTimeout(10)
      const journal = at(now + 2n)
      const young = workerOf({ ...place, journal })
      for (let look = 0; look < 4; look++) {
        expect(statuses(await young.tick()).at(-1)).to.equal('idle')
        await time.increase(window / 6n)
      }
    })
  })

  describe('given two journals of one key that have no reputer in common', () => {
    async function withStrangers() {
      const base = await loadFixture(staked)
      const { topic, keeper, stranger, workers, truth, goTo } = base
      const reputers = [keeper, stranger].map((client) =>
        reputerOf({ client, topic, feed: truth.address }),
      )
      await goTo('openTime', round)
      const now = BigInt(await time.latest())
      /** The first one's journal is so much older than the second one's. */
      const pair = [now + 1n, now + 2n].map((since, i) => {
        const journal = openJournal({ file: ':memory:', now: since })
        const own = { client: workers[0]!, topic, reputers: [reputers[i]!.endpoint], journal }
        return { journal, worker: workerOf(i === 0 ? own : { ...own, predict: otherwise }) }
      })
      const [older, younger] = pair
      return { ...base, desks: reputers, older: older!, younger: younger! }
    }

    for (const [first, names] of [
      ['older', ['older', 'younger']],
      ['younger', ['younger', 'older']],
    ] as const) {
      it(`stops the younger before either has signed, where the ${first} looks first`, async () => {
        const { goTo, params, desks, ...base } = await withStrangers()
        const stopped: unknown[] = []
        const lookOnce = async () => {
          for (const name of names) {
            if (name === 'younger' && stopped.length > 0) continue
            const steps = base[name].worker.tick()
            const error = await steps.then(
              () => undefined,
              (thrown: unknown) => thrown,
            )
            expect(error === undefined || name === 'younger', String(error)).to.equal(true)
            if (error) stopped.push(error)
          }
          await time.increase(params.commitWindow / 6n)
        }
        await goTo('openTime', 1n)
        for (let look = 0; look < 4; look++) await lookOnce()
        expect(String(stopped[0])).to.contain('its journal is older')
        expect(base.younger.journal.records()).to.have.length(0)
        await goTo('openTime', 2n)
        for (let look = 0; look < 4; look++) await lookOnce()
        expect(base.older.journal.records()).to.have.length(1)
        expect(desks[1]!.desk.offersOf({ topic: base.topic, round: 2n })).to.have.length(0)
      })
    }

    it('does not sign before the chain shows that it listens', async () => {
      const { goTo, params, older, topic, workers, desks } = await withStrangers()
      const client = { ...workers[0]!, send: () => Promise.reject(new Error('no answer')) }
      const { journal } = older
      const node = workerOf({ client, topic, journal, reputers: [desks[0]!.endpoint] })
      await goTo('openTime', 1n)
      await node.tick()
      await goTo('openTime', 2n)
      await time.increase((params.commitWindow * 45n) / 100n)
      expect(await node.tick().then((steps) => steps.at(-1))).to.include({
        status: 'waiting',
        reason: 'the chain does not show yet that this journal listens',
      })
      expect(journal.records()).to.have.length(0)
    })
  })

  describe('given too little coin to reveal', () => {
    it('commits nothing, says once what is missing, and commits when it has come', async () => {
      const { topic, workers, truth, keeper, goTo } = await loadFixture(staked)
      const { endpoint, desk } = reputerOf({ client: keeper, topic, feed: truth.address })
      const { log, said } = listening()
      const client = workers[0]!
      const address = client.account!
      await connection.networkHelpers.setBalance(address, 10n ** 9n)
      const node = workerOf({ client, topic, log, reputers: [endpoint] })
      await goTo('openTime', round)
      expect(statuses(await node.tick())).to.deep.equal(['abstained'])
      expect(statuses(await node.tick())).to.deep.equal(['abstained'])
      expect(said('prediction.abstained')).to.have.length(1)
      expect(said('prediction.abstained')[0]!.fields.reason).to.match(/coin for 0 rounds.*send it/)
      expect(desk.offersOf({ topic, round })).to.have.length(0)

      await connection.networkHelpers.setBalance(address, 10n ** 18n)
      expect(statuses(await node.tick())).to.deep.equal(['handed'])
    })

    it('reveals all the same what it has committed', async () => {
      const { topic, workers, goTo } = await loadFixture(staked)
      const client = workers[0]!
      const node = workerOf({ client, topic, stopRounds: 1 })
      await goTo('openTime', round)
      await node.tick()
      await connection.networkHelpers.setBalance(client.account!, 10n ** 16n)
      const poor = workerOf({ client, topic, stopRounds: 1e9, journal: await youngNow() })
      await goTo('revealTime', round)
      expect(statuses(await poor.tick())).to.deep.equal(['revealed'])
    })
  })

  describe('given a model that says what the topic cannot count', () => {
    for (const value of [10n ** 30n, -ONE, 1_000n * ONE + 1n]) {
      it(`abstains from ${value}, and says once why`, async () => {
        const { topic, workers, keeper, goTo } = await loadFixture(staked)
        const { log, said } = listening()
        const predict = async () => ({
          status: 'predicted' as const,
          prediction: { value, confidence: 10_000n },
        })
        const node = workerOf({ client: workers[0]!, topic, predict, log })
        await goTo('openTime', round)
        expect(statuses(await node.tick())).to.deep.equal(['abstained'])
        expect(statuses(await node.tick())).to.deep.equal(['idle'])
        expect(await getSealLists(keeper, { topic, round })).to.have.length(0)
        const [line] = said('prediction.abstained')
        expect(line!.fields.reason).to.match(/the topic goes from 0 to 1000/)
      })
    }
  })
})
