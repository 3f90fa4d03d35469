import { expect } from 'chai'
import {
  commit,
  getRevealed,
  getRound,
  getSealLists,
  readForecast,
  revoke,
  seal,
  unpackPrediction,
} from '../../../sdk/src/index.ts'
import type { Send } from '../../../sdk/src/index.ts'
import type { Offer } from '../../../workers/src/http/desk.ts'
import type { Endpoint } from '../../../workers/src/http/endpoint.ts'
import { openJournal } from '../../../workers/src/journal/openJournal.ts'
import { OperatorError } from '../../../workers/src/runtime/operatorError.ts'
import {
  connection,
  loadFixture,
  ONE,
  staked,
  stakedWith,
  tellTruth,
  time,
} from '../../helpers/network.ts'
import { reputerOf, SALT_KEY, silentReputer, workerOf } from './nodes.ts'

const round = 0n
const { takeSnapshot } = connection.networkHelpers
const statuses = (steps: readonly { status: string }[]) => steps.map(({ status }) => status)

describe('nodes: a round', () => {
  /** Nodes remember, so they are made anew for each test. */
  async function withNodes() {
    const base = await loadFixture(staked)
    const { topic, keeper, stranger, workers, truth } = base
    const first = reputerOf({ client: keeper, topic, feed: truth.address })
    const second = reputerOf({ client: stranger, topic, feed: truth.address })
    const nodes = workers.map((client, i) =>
      workerOf({
        client,
        topic,
        reputers: [first.endpoint, second.endpoint],
        predict: async () => ({
          status: 'predicted',
          prediction: { value: (99n + BigInt(i)) * ONE, confidence: 5000n },
        }),
      }),
    )
    return { ...base, first, second, nodes }
  }

  describe('given workers, a reputer and a second one that races it', () => {
    it('goes from predictions to settled stakes by nothing but ticks', async () => {
      const base = await withNodes()
      const { topic, keeper, first, second, nodes, goTo, params } = base

      await goTo('openTime', round)
      for (const node of nodes) expect(statuses(await node.tick())).to.deep.equal(['handed'])
      expect(statuses(await first.reputer.tick())).to.deep.equal(['committed'])
      expect(statuses(await second.reputer.tick())).to.deep.equal(['idle'])

      await goTo('revealTime', round)
      for (const node of nodes) expect(statuses(await node.tick())).to.deep.equal(['opened'])
      expect(await first.reputer.tick()).to.deep.equal([{ topic, round, status: 'published' }])
      for (const node of nodes) expect(statuses(await node.tick())).to.deep.equal(['idle'])
      for (const { reputer } of [first, second])
        expect(statuses(await reputer.tick())).to.deep.equal(['idle'])
      expect((await readForecast(keeper, { topic })).contributors).to.equal(5n)

      await tellTruth({ ...base, goTo }, { round, value: 101n * ONE })
      const settling = await Promise.all([first.reputer.tick(), second.reputer.tick()])
      expect(settling.flatMap(statuses).sort()).to.deep.equal(['lost', 'settled'])
      expect((await getRound(keeper, { topic, round })).status).to.equal('settled')
      expect(params.tipBps > 0n).to.equal(true)
    })
  })

  describe('given workers of whom one does not open what it sealed', () => {
    it('awaits it until the reveals are over, and publishes what the others said', async () => {
      const { first, second, nodes, goTo } = await withNodes()
      await goTo('openTime', round)
      for (const node of nodes) await node.tick()
      await first.reputer.tick()

      await goTo('revealTime', round)
      for (const node of nodes.slice(1)) await node.tick()
      expect(statuses(await first.reputer.tick())).to.deep.equal(['revealed'])
      expect(statuses(await first.reputer.tick())).to.deep.equal(['idle'])
      expect(statuses(await second.reputer.tick())).to.deep.equal(['idle'])

      await goTo('publishTime', round)
      const racing = await Promise.all([first.reputer.tick(), second.reputer.tick()])
      expect(racing.flatMap(statuses).sort()).to.deep.equal(['lost', 'published'])
    })

    it('publishes at once when it has revealed alone', async () => {
      const { topic, workers, first, second, nodes, goTo, keeper, params } = await withNodes()
      const journal = openJournal({ file: ':memory:', now: 0n })
      const place = { client: workers[0]!, topic, journal }
      await goTo('openTime', round)
      await workerOf({ ...place, reputers: [first.endpoint] }).tick()
      for (const node of nodes.slice(1)) await node.tick()
      await first.reputer.tick()

      await goTo('revealTime', round)
      for (const node of nodes.slice(1)) await node.tick()
      await first.reputer.tick()
      await time.increase((params.revealWindow * 8n) / 10n)
      expect(statuses(await workerOf(place).tick())).to.deep.equal(['revealed'])

      const racing = await Promise.all([first.reputer.tick(), second.reputer.tick()])
      expect(racing.flatMap(statuses).sort()).to.deep.equal(['lost', 'published'])
      expect((await readForecast(keeper, { topic })).contributors).to.equal(5n)
    })

    it('leaves an early publication to whose turn it is, for a while', async () => {
      const { topic, workers, keeper, stranger, truth, goTo } = await loadFixture(staked)
      const shift = { place: 1n, of: 2n, seconds: 60n }
      const place = { topic, feed: truth.address }
      const first = reputerOf({ ...place, client: keeper })
      const second = reputerOf({ ...place, client: stranger, shift })
      const nodes = workers.map((client) => workerOf({ client, topic }))
      await goTo('openTime', round)
      for (const node of nodes) await node.tick()
      await goTo('revealTime', round)
      for (const node of nodes) await node.tick()

      expect(statuses(await second.reputer.tick())).to.deep.equal(['idle'])
      await time.increase(shift.seconds)
      expect(statuses(await second.reputer.tick())).to.deep.equal(['published'])
      expect(statuses(await first.reputer.tick())).to.deep.equal(['idle'])
    })
  })

  describe('given predictions that nobody opens', () => {
    it('makes the round void, and says on the feed that it was thin', async () => {
      const { topic, keeper, first, nodes, goTo } = await withNodes()
      await goTo('openTime', round)
      for (const node of nodes) await node.tick()
      await first.reputer.tick()
      await goTo('publishTime', round)
      expect(statuses(await first.reputer.tick())).to.deep.equal(['voided'])
      expect((await getRound(keeper, { topic, round })).status).to.equal('void')
    })
  })

  describe('given two reputers with the same offers', () => {
    /** Every worker hands its commitment to both. */
    async function withBoth() {
      const base = await withNodes()
      const { topic, workers, first, second, goTo } = base
      await goTo('openTime', round)
      const nodes = workers.map((client) => {
        const journal = openJournal({ file: ':memory:', now: 0n })
        const place = { client, topic, journal }
        return [first, second].map(({ endpoint }) => workerOf({ ...place, reputers: [endpoint] }))
      })
      for (const node of nodes.flat()) expect(statuses(await node.tick())).to.deep.equal(['handed'])
      return { ...base, nodes: nodes.map(([, other]) => other!) }
    }

    it('takes each into one list, whoever is faster', async () => {
      const { topic, keeper, first, second } = await withBoth()
      const racing = await Promise.all([first.reputer.tick(), second.reputer.tick()])
      expect(racing.flatMap(statuses).sort()).to.deep.equal(['committed', 'lost'])
      for (const { reputer } of [first, second])
        expect(statuses(await reputer.tick())).to.deep.equal(['idle'])

      const lists = await getSealLists(keeper, { topic, round })
      expect(lists.map(({ seals }) => seals.length)).to.deep.equal([5])
    })

    it('opens and publishes them once, whoever is faster', async () => {
      const { topic, keeper, first, second, nodes, goTo } = await withBoth()
      await first.reputer.tick()
      await goTo('revealTime', round)
      for (const node of nodes) await node.tick()
      for (const { worker, opening } of second.desk.offersOf({ topic, round }))
        await first.desk.takeOpening({ topic, round, ...opening!, worker })

      const racing = await Promise.all([first.reputer.tick(), second.reputer.tick()])
      expect(racing.flatMap(statuses).sort()).to.deep.equal(['lost', 'published'])
      expect((await readForecast(keeper, { topic })).contributors).to.equal(5n)
    })

    it('opens them out of that list, whoever they are handed to', async () => {
      const { topic, keeper, first, second, nodes, goTo } = await withBoth()
      await first.reputer.tick()
      await goTo('revealTime', round)
      for (const node of nodes) expect(statuses(await node.tick())).to.deep.equal(['opened'])

      expect(statuses(await first.reputer.tick())).to.deep.equal(['idle'])
      expect(statuses(await second.reputer.tick())).to.deep.equal(['published'])
      expect((await readForecast(keeper, { topic })).contributors).to.equal(5n)
    })
  })

  describe('given a prediction that two reputers hold, in the list of one', () => {
    /** Worker 0 is handed to both, the second a moment late; the first commits it with worker 1, the second the others. */
    async function withTwoLists() {
      const base = await loadFixture(staked)
      const { topic, keeper, stranger, workers, truth, goTo, params } = base
      const place = { topic, feed: truth.address, batchAfterBps: 9000n }
      const first = reputerOf({ ...place, client: keeper, batchAfterBps: 0n })
      const second = reputerOf({ ...place, client: stranger })
      const nodes = workers.map((client, i) => {
        const journal = openJournal({ file: ':memory:', now: 0n })
        const nodeOf = (...reputers: Endpoint[]) => workerOf({ client, topic, journal, reputers })
        if (i > 1) return nodeOf(second.endpoint)
        const late = { ...second.endpoint, takeCommitment: silentReputer.takeCommitment }
        return nodeOf(late, first.endpoint)
      })
      await goTo('openTime', round)
      for (const node of nodes) await node.tick()
      const [{ worker, opening: _, ...offer }] = first.desk.offersOf({ topic, round }) as [Offer]
      await second.desk.takeCommitment({ topic, round, worker, ...offer })
      await first.reputer.tick()
      await time.increase((params.commitWindow * 95n) / 100n)
      expect(statuses(await second.reputer.tick())).to.deep.equal(['committed'])
      return { ...base, first, second, nodes }
    }

    it('reveals the other list as soon as nobody in it is awaited', async () => {
      const { first, second, nodes, goTo, topic } = await withTwoLists()
      await goTo('revealTime', round)
      for (const node of nodes.slice(2, 4)) await node.tick()
      expect(statuses(await second.reputer.tick())).to.deep.equal(['idle'])
      await nodes[4]!.tick()
      expect(second.desk.offersOf({ topic, round })).to.have.length(4)
      expect(statuses(await second.reputer.tick())).to.deep.equal(['revealed'])
      for (const node of nodes.slice(0, 2)) await node.tick()
      expect(statuses(await first.reputer.tick())).to.deep.equal(['revealed', 'published'])
    })

    it('is opened to whoever took it first', async () => {
      const { topic, first, second, nodes, goTo } = await withTwoLists()
      await goTo('revealTime', round)
      expect(statuses(await nodes[0]!.tick())).to.deep.equal(['opened'])
      const opened = [first, second].map(({ desk }) =>
        desk.offersOf({ topic, round }).flatMap(({ opening }) => opening ?? []),
      )
      expect(opened.map(({ length }) => length)).to.deep.equal([1, 0])
    })
  })

  describe('given a chain that takes back a list', () => {
    it('opens what it has committed since, as it stands there then', async () => {
      const { topic, keeper, workers, first, nodes, goTo } = await withNodes()
      await goTo('openTime', round)
      for (const node of nodes) await node.tick()
      const snapshot = await takeSnapshot()
      await first.reputer.tick()
      await goTo('revealTime', round)
      for (const node of nodes) await node.tick()
      expect((await first.reputer.look()).calls).to.have.length(1)

      await snapshot.restore()
      const { commitment } = first.desk.offersOf({ topic, round })[0]!
      await commit(workers[0]!, { topic, round, commitments: [{ commitment }] })
      const rest = first.desk.offersOf({ topic, round }).slice(1)
      await commit(keeper, { topic, round, commitments: rest })

      await goTo('revealTime', round)
      const steps = await first.reputer.tick()
      expect(statuses(steps)).to.deep.equal(['revealed', 'revealed', 'published'])
    })
  })

  describe('given a worker that has committed alone', () => {
    it('leaves it out of the list, and opens both in one transaction', async () => {
      const { topic, keeper, workers, first, nodes, goTo } = await withNodes()
      const journal = openJournal({ file: ':memory:', now: 0n })
      const place = { client: workers[0]!, topic, journal }
      await goTo('openTime', round)
      const node = workerOf({ ...place, reputers: [first.endpoint] })
      expect(statuses(await node.tick())).to.deep.equal(['handed'])
      expect(statuses(await workerOf(place).tick())).to.deep.equal(['committed'])
      for (const other of nodes.slice(1)) await other.tick()
      expect(await first.reputer.tick()).to.deep.equal([
        { topic, round, status: 'committed', count: 4 },
      ])

      await goTo('revealTime', round)
      for (const each of [node, ...nodes.slice(1)])
        expect(statuses(await each.tick())).to.deep.equal(['opened'])
      const steps = await first.reputer.tick()
      expect(statuses(steps)).to.deep.equal(['revealed', 'revealed', 'published'])
      expect((await readForecast(keeper, { topic })).contributors).to.equal(5n)
    })
  })

  describe('given a first reputer that is silent', () => {
    it('hands the prediction to the second', async () => {
      const { topic, workers, second, goTo } = await withNodes()
      const client = workers[0]!
      const node = workerOf({ client, topic, reputers: [silentReputer, second.endpoint] })

      await goTo('openTime', round)
      expect(statuses(await node.tick())).to.deep.equal(['handed'])
      expect(second.desk.offersOf({ topic, round })).to.have.length(1)
    })
  })

  describe('given no reputer that answers', () => {
    it('waits, commits alone before the window closes, and reveals alone', async () => {
      const { topic, workers, keeper, goTo, params } = await loadFixture(staked)
      const node = workerOf({ client: workers[0]!, topic, reputers: [silentReputer] })

      await goTo('openTime', round)
      expect(statuses(await node.tick())).to.deep.equal(['waiting'])
      await time.increase((params.commitWindow * 8n) / 10n)
      expect(statuses(await node.tick())).to.deep.equal(['committed'])
      expect(statuses(await node.tick())).to.deep.equal(['committed'])

      await goTo('revealTime', round)
      expect(await node.tick()).to.deep.equal([{ topic, round, status: 'revealed' }])
      expect(statuses(await node.tick())).to.deep.equal(['idle'])
      const { predictions } = await getRevealed(keeper, { topic, round })
      expect(unpackPrediction(predictions[0]!).value).to.equal(101n * ONE)
    })
  })

  describe('given a reputer that takes the commitment and drops it', () => {
    it('commits alone before the window closes', async () => {
      const { topic, workers, first, goTo, params } = await withNodes()
      const client = workers[0]!
      const node = workerOf({ client, topic, reputers: [first.endpoint] })

      await goTo('openTime', round)
      expect(statuses(await node.tick())).to.deep.equal(['handed'])
      await time.increase((params.commitWindow * 8n) / 10n)
      expect(statuses(await node.tick())).to.deep.equal(['committed'])
    })

    it('loses no word where the reputer commits it in the same moment', async () => {
      const { topic, workers, first, goTo, params } = await withNodes()
      const [worker] = workers
      const send: Send = async (transaction) => {
        await first.reputer.tick()
        return worker!.send(transaction)
      }
      const node = workerOf({ client: { ...worker!, send }, topic, reputers: [first.endpoint] })
      await goTo('openTime', round)
      await node.tick()
      await time.increase((params.commitWindow * 8n) / 10n)
      expect(statuses(await node.tick())).to.deep.equal(['waiting'])
      expect(await node.tick()).to.deep.equal([{ topic, round, status: 'committed' }])
    })

    it('leaves its commitment where a reputer has put it', async () => {
      const { topic, keeper, first, nodes, goTo, params } = await withNodes()
      await goTo('openTime', round)
      await nodes[0]!.tick()
      await first.reputer.tick()
      await time.increase((params.commitWindow * 8n) / 10n)
      expect(await nodes[0]!.tick()).to.deep.equal([{ topic, round, status: 'committed' }])
      expect(await getSealLists(keeper, { topic, round })).to.have.length(1)
    })
  })

  describe('given a worker that is revoked after it committed', () => {
    it('reveals all the same, and says nothing more', async () => {
      const { topic, workers, goTo } = await loadFixture(staked)
      const journal = openJournal({ file: ':memory:', now: 0n })
      const place = { client: workers[0]!, topic, journal }
      await goTo('openTime', round)
      await workerOf(place).tick()
      await revoke(workers[0]!, { topic, worker: workers[0]!.account! })

      const restarted = workerOf(place)
      await goTo('revealTime', round)
      expect(statuses(await restarted.tick())).to.deep.equal(['revealed'])
      await goTo('openTime', 1n)
      expect(statuses(await restarted.tick())).to.deep.equal(['idle'])
    })
  })

  describe('given a reputer that commits and then falls silent', () => {
    it('reveals out of the reputer’s list, the others left sealed', async () => {
      const base = await withNodes()
      const { topic, keeper, workers, first, nodes, goTo, params } = base
      const journal = openJournal({ file: ':memory:', now: 0n })
      const client = workers[0]!
      const before = workerOf({ client, topic, journal, reputers: [first.endpoint] })

      await goTo('openTime', round)
      await before.tick()
      for (const node of nodes.slice(1)) await node.tick()
      await first.reputer.tick()

      const after = workerOf({ client, topic, journal, reputers: [silentReputer] })
      await goTo('revealTime', round)
      expect(statuses(await after.tick())).to.deep.equal(['waiting'])
      await time.increase((params.revealWindow * 8n) / 10n)
      expect(await after.tick()).to.deep.equal([{ topic, round, status: 'revealed' }])
      expect((await getRevealed(keeper, { topic, round })).workers).to.have.length(1)
    })
  })

  describe('given a journal that is lost between commit and reveal', () => {
    it('predicts again, finds its commitment on the chain and reveals', async () => {
      const { topic, workers, goTo } = await loadFixture(staked)
      const place = { client: workers[0]!, topic }
      await goTo('openTime', round)
      await workerOf(place).tick()

      await goTo('revealTime', round)
      const now = BigInt(await time.latest())
      const journal = openJournal({ file: ':memory:', now })
      expect(statuses(await workerOf({ ...place, journal }).tick())).to.deep.equal(['revealed'])
    })

    it('misses the round where no capsule was committed and the model no longer says the same', async () => {
      const { topic, workers, goTo } = await loadFixture(staked)
      const place = { client: workers[0]!, topic }
      await goTo('openTime', round)
      const { chainId, network, account } = workers[0]!
      const key = { chainId, network, topic, round, worker: account!, saltKey: SALT_KEY }
      const { commitment } = await seal({ ...key, value: 101n * ONE, confidence: 10_000n })
      await commit(workers[0]!, { topic, round, commitments: [{ commitment }] })

      await goTo('revealTime', round)
      const forgetful = workerOf({
        ...place,
        journal: openJournal({ file: ':memory:', now: BigInt(await time.latest()) }),
        predict: async () => ({
          status: 'predicted',
          prediction: { value: 7n, confidence: 1n },
        }),
      })
      expect(statuses(await forgetful.tick())).to.deep.equal(['missed'])
      expect(statuses(await forgetful.tick())).to.deep.equal(['idle'])
    })

    it('recovers what its earlier life had handed in, when it is on the chain', async () => {
      const { topic, workers, first, goTo } = await withNodes()
      const place = { client: workers[0]!, topic, reputers: [first.endpoint] }
      await goTo('openTime', round)
      await workerOf(place).tick()

      const now = BigInt(await time.latest()) + 1n
      const node = workerOf({ ...place, journal: openJournal({ file: ':memory:', now }) })
      expect(statuses(await node.tick())).to.deep.equal(['abstained'])
      expect(statuses(await node.tick())).to.deep.equal(['idle'])
      await first.reputer.tick()
      expect(statuses(await node.tick())).to.deep.equal(['committed'])
      await goTo('revealTime', round)
      expect(statuses(await node.tick())).to.deep.equal(['opened'])
    })

    it('signs nothing in a round that opened before the new journal was begun', async () => {
      const { topic, workers, goTo } = await loadFixture(staked)
      await goTo('openTime', round)
      const now = BigInt(await time.latest()) + 1n
      const journal = openJournal({ file: ':memory:', now })
      const node = workerOf({ client: workers[0]!, topic, journal })
      expect(statuses(await node.tick())).to.deep.equal(['abstained'])
    })
  })

  describe('given another node with the same key', () => {
    const saying = (value: bigint) => ({
      predict: async () => ({
        status: 'predicted' as const,
        prediction: { value, confidence: 1n },
      }),
    })
    const stopped = async (node: ReturnType<typeof workerOf>, words: RegExp) => {
      const error = await node.tick().catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(OperatorError).and.to.have.property('reason', 'locked')
      expect((error as OperatorError).message).to.match(words)
    }

    it('stops when a reputer shows what the other has signed, and asks no other reputer', async () => {
      const { topic, workers, first, second, goTo } = await withNodes()
      const reputers = [first.endpoint, second.endpoint]
      const place = { client: workers[0]!, topic, reputers }
      await goTo('openTime', round)
      expect(statuses(await workerOf({ ...place, ...saying(1n) }).tick())).to.deep.equal(['handed'])

      await stopped(workerOf({ ...place, ...saying(2n) }), /Another node .* has signed in round 0/)
      expect(second.desk.offersOf({ topic, round })).to.have.length(0)
    })

    it('goes on where a reputer only claims so', async () => {
      const { topic, workers, first, goTo } = await withNodes()
      await goTo('openTime', round)
      await workerOf({ client: workers[1]!, topic, reputers: [first.endpoint] }).tick()
      const [signedByOther] = first.desk.offersOf({ topic, round })

      for (const held of [signedByOther!, undefined]) {
        const liar: Endpoint = {
          ...silentReputer,
          takeCommitment: async () => ({
            status: 'refused',
            reason: 'conflict',
            ...(held && { held }),
          }),
        }
        const node = workerOf({ client: workers[0]!, topic, reputers: [liar] })
        expect(statuses(await node.tick())).to.deep.equal(['waiting'])
      }
    })

    it('stops before it predicts where the other has committed', async () => {
      const { topic, workers, goTo } = await loadFixture(staked)
      const place = { client: workers[0]!, topic }
      await goTo('openTime', round)
      await workerOf({ ...place, ...saying(1n) }).tick()

      const predict = () => Promise.reject(new Error('asked for a prediction'))
      await stopped(workerOf({ ...place, predict }), /has committed in round 0/)
    })

    it('stops where the other commits in the same moment', async () => {
      const { topic, workers, goTo, params } = await loadFixture(staked)
      const place = { client: workers[0]!, topic }
      const node = workerOf({ ...place, reputers: [silentReputer], ...saying(2n) })
      await goTo('openTime', round)
      expect(statuses(await node.tick())).to.deep.equal(['waiting'])
      await workerOf({ ...place, ...saying(1n) }).tick()

      await time.increase((params.commitWindow * 8n) / 10n)
      await stopped(node, /has committed in round 0/)
    })

    it('stops where a reputer has committed what the other has signed', async () => {
      const { topic, workers, first, second, goTo } = await withNodes()
      const place = { client: workers[0]!, topic }
      const node = workerOf({ ...place, reputers: [second.endpoint], ...saying(2n) })
      await goTo('openTime', round)
      expect(statuses(await node.tick())).to.deep.equal(['handed'])
      await workerOf({ ...place, reputers: [first.endpoint], ...saying(1n) }).tick()
      await first.reputer.tick()

      await goTo('revealTime', round)
      await stopped(node, /has committed in round 0/)
    })

    it('stops where the chain has revealed what it did not say', async () => {
      const { topic, workers, goTo } = await loadFixture(staked)
      const place = { client: workers[0]!, topic }
      const node = workerOf({ ...place, reputers: [silentReputer], ...saying(2n) })
      const other = workerOf({ ...place, ...saying(1n) })
      await goTo('openTime', round)
      expect(statuses(await node.tick())).to.deep.equal(['waiting'])
      await other.tick()
      await goTo('revealTime', round)
      await other.tick()

      await stopped(node, /has revealed in round 0/)
    })

    it('stops where the chain counts what it did not say', async () => {
      const { topic, workers, goTo } = await loadFixture(staked)
      const place = { client: workers[0]!, topic }
      const other = workerOf(place)
      await goTo('openTime', round)
      await other.tick()
      await goTo('revealTime', round)
      await other.tick()

      await stopped(workerOf(place), /has revealed in round 0/)
      const now = BigInt(await time.latest())
      const young = workerOf({ ...place, journal: openJournal({ file: ':memory:', now }) })
      expect(statuses(await young.tick())).to.deep.equal(['idle'])
    })
  })

  describe('given a worker that said nothing', () => {
    it('has nothing to reveal', async () => {
      const { topic, workers, goTo } = await loadFixture(staked)
      await goTo('revealTime', round)
      const [step] = await workerOf({ client: workers[0]!, topic }).tick()
      expect(step).to.include({ status: 'idle', reason: 'silent' })
    })
  })

  describe('given a commitment that came into no list', () => {
    it('misses the round', async () => {
      const { topic, workers, goTo } = await loadFixture(staked)
      const node = workerOf({ client: workers[0]!, topic, reputers: [silentReputer] })
      await goTo('openTime', round)
      await node.tick()
      await goTo('revealTime', round)
      expect(statuses(await node.tick())).to.deep.equal(['missed'])
      expect(statuses(await node.tick())).to.deep.equal(['idle'])
    })
  })

  describe('given a worker without a seat', () => {
    it('says nothing', async () => {
      const { topic, stranger, goTo } = await loadFixture(staked)
      await goTo('openTime', round)
      const [step] = await workerOf({ client: stranger, topic }).tick()
      expect(step).to.include({ status: 'idle', reason: 'unseated' })
    })
  })

  describe('given a model that fails', () => {
    it('abstains and says why', async () => {
      const { topic, workers, goTo } = await loadFixture(staked)
      await goTo('openTime', round)
      const node = workerOf({
        client: workers[0]!,
        topic,
        predict: async () => ({ status: 'abstained', reason: 'no data' }),
      })
      const [step] = await node.tick()
      expect(step).to.include({ status: 'abstained', reason: 'no data' })
    })
  })

  describe('given a signed-only topic', () => {
    const signedOnly = () => stakedWith({ commitWindow: 0n })

    it('reveals through a reputer without sealing', async () => {
      const { topic, workers, keeper, truth, goTo } = await loadFixture(signedOnly)
      const { reputer, endpoint } = reputerOf({ client: keeper, topic, feed: truth.address })
      const nodes = workers.map((client) => workerOf({ client, topic, reputers: [endpoint] }))
      await goTo('openTime', round)
      for (const node of nodes) expect(statuses(await node.tick())).to.deep.equal(['opened'])
      expect(await reputer.tick()).to.deep.equal([{ topic, round, status: 'revealed', count: 5 }])
    })

    it('reveals alone where there is no reputer', async () => {
      const { topic, workers, goTo } = await loadFixture(signedOnly)
      const node = workerOf({ client: workers[0]!, topic })
      await goTo('openTime', round)
      expect(statuses(await node.tick())).to.deep.equal(['revealed'])
    })
  })

  describe('given a truth that does not come in time', () => {
    it('makes the round void', async () => {
      const { topic, keeper, first, nodes, goTo } = await withNodes()
      await goTo('openTime', round)
      for (const node of nodes) await node.tick()
      await first.reputer.tick()
      await goTo('revealTime', round)
      for (const node of nodes) await node.tick()
      await first.reputer.tick()
      await goTo('publishTime', round)
      await first.reputer.tick()
      await goTo('targetTime', round)
      expect(statuses(await first.reputer.tick())).to.deep.equal(['waiting'])
      await goTo('truthDeadline', round)
      expect(statuses(await first.reputer.tick())[0]).to.equal('voided')
      expect((await getRound(keeper, { topic, round })).status).to.equal('void')
    })
  })

  describe('given a reputer that restarts', () => {
    it('takes up the rounds an earlier life left unfinished', async () => {
      const base = await withNodes()
      const { topic, keeper, stranger, truth, first, nodes, goTo } = base
      await goTo('openTime', round)
      for (const node of nodes) await node.tick()
      await first.reputer.tick()
      await goTo('revealTime', round)
      for (const node of nodes) await node.tick()

      const { desk } = first
      const second = reputerOf({ client: keeper, topic, feed: truth.address, desk })
      expect(statuses(await second.reputer.tick())).to.deep.equal(['published'])

      await tellTruth(base, { round, value: 100n * ONE })
      const third = reputerOf({ client: stranger, topic, feed: truth.address })
      expect(statuses(await third.reputer.tick())).to.deep.equal(['settled'])
    })

    it('finds a round that blocks the ring, however long ago it was', async () => {
      const { topic, keeper, stranger, truth, first, nodes, goTo } = await withNodes()
      await goTo('openTime', round)
      for (const node of nodes) await node.tick()
      await first.reputer.tick()
      await goTo('revealTime', round)
      for (const node of nodes) await node.tick()
      await first.reputer.tick()
      await goTo('publishTime', round)
      await first.reputer.tick()

      await goTo('openTime', 9n)
      const second = reputerOf({ client: stranger, topic, feed: truth.address })
      const [step] = await second.reputer.tick()
      expect(step).to.deep.equal({ topic, round, status: 'voided' })
      expect((await getRound(keeper, { topic, round })).status).to.equal('void')
    })
  })
})
