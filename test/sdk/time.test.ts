import { expect } from 'chai'
import {
  getTimeToCommit,
  getTimeToPublish,
  getTimeToResolve,
  getTimeToReveal,
  getTurn,
  phases,
  reveal,
  waitToCommit,
  waitToPublish,
  waitToResolve,
  waitToReveal,
  windowOf,
} from '../../sdk/src/index.ts'
import { phaseAt, publishTime } from '../../sdk/src/maths/schedule.ts'
import { HOUR, committed, created, loadFixture, termsOf } from '../helpers/network.ts'

/** A client whose chain time is whatever the test says. */
async function clocked() {
  const base = await loadFixture(created)
  const clock = { time: 0n, looks: 0 }
  const now = async () => {
    clock.looks += 1
    return clock.time
  }
  return { ...base, clock, client: { ...base.stranger, now } }
}

describe('time', () => {
  it('is that of the transaction that would be sent now', async () => {
    const { creator } = await loadFixture(created)
    const { timestamp } = await creator.public.getBlock()
    expect((await creator.now()) > timestamp).to.equal(true)
  })

  describe('the turn', () => {
    it('is the round that opened last, its phase, and the time', async () => {
      const { client, clock, topic, params } = await clocked()
      clock.time = params.start + 6n * HOUR + HOUR
      expect(await getTurn(client, { topic })).to.deep.equal({
        topic,
        round: 1n,
        phase: 'reveal',
        time: clock.time,
      })
      const turn = await getTurn(client, { topic, round: 0n, times: params })
      expect(turn).to.include({ round: 0n, phase: 'due' })
    })
  })

  describe('a window', () => {
    it('is open exactly in its phase', () => {
      const terms = termsOf({ truth: '0x', start: 1_000n })
      // All edges of these windows are whole hours after the start.
      const moments = Array.from({ length: 13 }, (_, i) => terms.start + BigInt(i) * HOUR)
      const times = moments.flatMap((edge) => [edge - 1n, edge, edge + 1n])
      for (const phase of ['commit', 'reveal', 'live', 'due'] as const) {
        for (const round of [0n, 1n]) {
          for (const time of times) {
            const window = windowOf({ times: terms, round, phase, time })
            const ahead = phases.indexOf(phaseAt(terms, round, time)) - phases.indexOf(phase)
            const expected = ahead === 0 ? 'open' : ahead < 0 ? 'ahead' : 'passed'
            expect(window.status).to.equal(expected)
            expect(window.seconds).to.equal(ahead < 0 ? window.opensAt - time : 0n)
          }
        }
      }
    })

    it('is told for each verb', async () => {
      const { client, clock, topic, params } = await clocked()
      clock.time = params.start - 10n
      const key = { topic, round: 0n }
      const asked = await Promise.all([
        getTimeToCommit(client, key),
        getTimeToReveal(client, key),
        getTimeToPublish(client, key),
        getTimeToResolve(client, key),
      ])
      expect(asked.map(({ seconds }) => seconds - 10n)).to.deep.equal([
        0n,
        HOUR,
        2n * HOUR,
        4n * HOUR,
      ])
    })
  })

  describe('waiting', () => {
    it('follows the chain and not the wall', async () => {
      const { client, clock, topic, params } = await clocked()
      clock.time = params.start
      const waits = [
        waitToCommit(client, { topic, round: 0n, pollingInterval: 5 }),
        waitToReveal(client, { topic, round: 0n, pollingInterval: 5 }),
        waitToPublish(client, { topic, round: 0n, pollingInterval: 5 }),
        waitToResolve(client, { topic, round: 0n, pollingInterval: 5 }),
      ] as const
      expect((await waits[0]).status).to.equal('open')
      const pending = Promise.race([...waits.slice(1), Promise.resolve('still waiting')])
      expect(await pending).to.equal('still waiting')

      clock.time = params.start + 3n * HOUR
      expect((await waits[1]).status).to.equal('passed')
      expect((await waits[2]).status).to.equal('open')
      clock.time = params.start + 4n * HOUR
      expect((await waits[3]).status).to.equal('open')
    })

    it('to publish ends early where all that was committed is revealed', async () => {
      const { keeper, topic, round, seals, openings, params, goTo } = await loadFixture(committed)
      await goTo('revealTime', round)
      const key = { topic, round }
      expect(await getTimeToPublish(keeper, key)).to.include({ status: 'ahead' })

      const wait = waitToPublish(keeper, { ...key, pollingInterval: 5 })
      await reveal(keeper, { ...key, seals, openings: openings.slice(1) })
      expect(await getTimeToPublish(keeper, key)).to.include({ status: 'ahead' })
      await reveal(keeper, { ...key, seals, openings: openings.slice(0, 1) })
      const opensAt = publishTime(params, round)
      expect(await wait).to.include({ status: 'open', seconds: 0n, opensAt })
    })

    it('reads no round before its reveals', async () => {
      const { client, clock, topic, params } = await clocked()
      clock.time = params.start + HOUR - 1n
      const readContract = async () => expect.fail('nothing is to be read')
      const publicClient = { ...client.public, readContract } as unknown as typeof client.public
      const blind = { ...client, public: publicClient }
      const key = { topic, round: 0n, times: params }
      expect(await getTimeToPublish(blind, key)).to.include({ status: 'ahead' })
    })

    it('ends with the signal', async () => {
      const { client, clock, topic, params } = await clocked()
      clock.time = params.start - 100n
      const stop = new AbortController()
      const wait = waitToCommit(client, {
        topic,
        round: 0n,
        times: params,
        pollingInterval: 60_000,
        signal: stop.signal,
      }).catch((reason) => reason)
      setTimeout(() => stop.abort('enough'), 5)
      expect(await wait).to.equal('enough')
      const { looks } = clock
      const late = waitToCommit(client, {
        topic,
        round: 0n,
        times: params,
        signal: AbortSignal.abort('too late'),
      })
      expect(await late.catch((reason) => reason)).to.equal('too late')
      expect(clock.looks).to.equal(looks)
    })
  })
})
