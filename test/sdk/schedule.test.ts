import { expect } from 'chai'
import fc from 'fast-check'
import { phases } from '../../sdk/src/index.ts'
import type { Times } from '../../sdk/src/index.ts'
import * as Schedule from '../../sdk/src/maths/schedule.ts'
import { connection } from '../helpers/network.ts'

const uint = (bits: bigint, min = 0n) => fc.bigInt({ min, max: 2n ** bits - 1n })

const anyTimes: fc.Arbitrary<Times> = fc.record({
  start: uint(32n),
  cadence: uint(24n, 1n),
  commitWindow: uint(24n),
  revealWindow: uint(24n, 1n),
  horizon: uint(24n),
  truthWindow: uint(24n, 1n),
})

/** Any time, and often the edges of the round's windows. */
const anyMoment = fc
  .record({ times: anyTimes, round: uint(24n), free: uint(48n), edge: fc.nat(5), step: fc.nat(2) })
  .map(({ times, round, free, edge, step }) => {
    const edges = [...momentsOf(times, round), free]
    const time = edges[edge]! + BigInt(step) - 1n
    return { times, round, time: time < 0n ? 0n : time }
  })

function momentsOf(times: Times, round: bigint): bigint[] {
  const { openTime, revealTime, publishTime, targetTime, truthDeadline } = Schedule
  return [openTime, revealTime, publishTime, targetTime, truthDeadline].map((moment) =>
    moment(times, round),
  )
}

describe('the schedule', () => {
  const harness = connection.viem.deployContract('ScheduleHarness')

  it('agrees with the contract on rounds, moments and phases', async () => {
    const { read } = await harness
    await fc.assert(
      fc.asyncProperty(anyMoment, async ({ times, round, time }) => {
        expect(await read.roundAt!([times, time])).to.equal(Schedule.roundAt(times, time))
        expect(await read.momentsOf!([times, round])).to.deep.equal(momentsOf(times, round))
        const phase = (await read.phaseAt!([times, round, time])) as number
        expect(phases[phase]).to.equal(Schedule.phaseAt(times, round, time))
      }),
      { numRuns: 200 },
    )
  })

  it('opens the round it names: never later than now, and the next one not yet', () => {
    fc.assert(
      fc.property(anyTimes, uint(48n), (times, time) => {
        fc.pre(time >= times.start)
        const round = Schedule.roundAt(times, time)
        expect(Schedule.openTime(times, round) <= time).to.equal(true)
        expect(Schedule.openTime(times, round + 1n) > time).to.equal(true)
      }),
    )
  })
})
