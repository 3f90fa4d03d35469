import { expect } from 'chai'
import type { Address } from 'viem'
import { getRecordedForecast } from '../../../sdk/src/index.ts'
import type { AuspexClient, Send, TopicId } from '../../../sdk/src/index.ts'
import { recordForecasts } from '../../../workers/src/reputer/recordForecasts.ts'
import { silent } from '../../../workers/src/runtime/log.ts'
import { connection, loadFixture, published } from '../../helpers/network.ts'
import { reputerOf } from './nodes.ts'

type Place = { keeper: AuspexClient; topic: TopicId }

/** A history of the network's, and a keeper whose transactions are noted down, and stopped where they are refused. */
async function withHistory({ keeper, topic }: Place) {
  const { address: history } = await connection.viem.deployContract('FeedHistory', [keeper.network])
  const sent: Address[] = []
  const state = { isRefused: false }
  const send: Send = (transaction) => {
    sent.push(transaction.to)
    return state.isRefused ? Promise.reject(new Error('no coin')) : keeper.send(transaction)
  }
  const client = { ...keeper, send }
  const lines: string[] = []
  const say = (_: object, what: string) => void lines.push(what)
  const log = { ...silent, info: say, warn: say } as typeof silent
  const findHistory = async () => history as Address
  const record = recordForecasts({ client, topic, findHistory, log })
  const recorded = () => getRecordedForecast(keeper, { history, topic, roundId: 1n })
  return { client, sent, state, lines, record, recorded, history }
}

describe('recording publications', () => {
  it('is done once by the keeper that published', async () => {
    const place = await loadFixture(published)
    const { sent, record, recorded, lines, history } = await withHistory(place)
    const own = { round: 0n, time: 100n, isOwn: true }
    await Promise.all([record(own), record(own)])
    await record({ ...own, time: 101n })
    expect(sent).to.deep.equal([history])
    expect((await recorded())!.round).to.equal(place.round)
    expect(lines).to.deep.equal(['round.recorded'])
  })

  it('is left to whoever published for half a minute', async () => {
    const place = await loadFixture(published)
    const { sent, record, recorded } = await withHistory(place)
    const seen = { round: 0n, isOwn: false }
    await record({ ...seen, time: 100n })
    await record({ ...seen, time: 129n })
    expect(await recorded()).to.equal(undefined)
    await record({ ...seen, time: 130n })
    expect(await recorded()).to.not.equal(undefined)
    expect(sent).to.have.length(1)

    const other = await withHistory(place)
    await recordForecasts({
      client: other.client,
      topic: place.topic,
      findHistory: async () => undefined,
    })({ ...seen, isOwn: true, time: 100n })
    expect(other.sent).to.deep.equal([])
  })

  it('sends nothing where another keeper has recorded', async () => {
    const place = await loadFixture(published)
    const first = await withHistory(place)
    await first.record({ round: 0n, time: 100n, isOwn: true })
    const findHistory = async () => first.history as Address
    const second = recordForecasts({ client: first.client, topic: place.topic, findHistory })
    await second({ round: 0n, time: 100n, isOwn: true })
    expect(first.sent).to.have.length(1)
  })

  it('is tried again after a minute where it failed', async () => {
    const place = await loadFixture(published)
    const { sent, state, record, recorded, lines } = await withHistory(place)
    state.isRefused = true
    await record({ round: 0n, time: 100n, isOwn: true })
    expect(lines).to.deep.equal(['round.unrecorded'])
    state.isRefused = false
    await record({ round: 0n, time: 159n, isOwn: false })
    expect(sent).to.have.length(1)
    await record({ round: 0n, time: 160n, isOwn: false })
    expect((await recorded())!.round).to.equal(place.round)
  })

  it('never holds up what a keeper does', async () => {
    const { keeper: client, topic, feed, round } = await loadFixture(published)
    const asked: bigint[] = []
    const never = new Promise<void>(() => {})
    const record = (seen: { round: bigint }) => {
      asked.push(seen.round)
      return never
    }
    const { reputer } = reputerOf({ client, topic, feed: feed.address, record })
    await reputer.tick()
    await reputer.tick()
    expect(asked).to.deep.equal([round, round])
  })
})
