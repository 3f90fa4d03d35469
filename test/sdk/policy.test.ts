import { expect } from 'chai'
import fc from 'fast-check'
import { reasons } from '../../sdk/src/index.ts'
import type { FeedPolicy } from '../../sdk/src/index.ts'
import { judge, replayPolicy, suggestPolicy } from '../../sdk/src/maths/policy.ts'
import type { Published } from '../../sdk/src/maths/policy.ts'
import type { Times } from '../../sdk/src/words/topic.ts'
import { ethers, networkHelpers, NO_POLICY, ONE, published } from '../unit/feeds/scene.ts'

const { loadFixture, time } = networkHelpers

const noPolicy = NO_POLICY as unknown as FeedPolicy
const HOUR = 3_600n
const times: Times = {
  start: 0n,
  cadence: HOUR,
  commitWindow: 60n,
  revealWindow: 60n,
  horizon: 24n * HOUR,
  truthWindow: HOUR,
}

/** An hourly round of 20 give or take 1, of ten workers with 1,000 at risk. */
function hourly(i: number, changes: Partial<Published> = {}): Published {
  const publishedAt = BigInt(i) * HOUR + 120n
  return {
    value: 20n * ONE,
    interval: { lower: 19n * ONE, upper: 21n * ONE },
    publishedAt,
    targetTime: BigInt(i) * HOUR + 24n * HOUR,
    contributors: 10n,
    wagers: 1_000n * ONE,
    ...changes,
  }
}

const rounds = (count: number) => Array.from({ length: count }, (_, i) => hourly(i))
const untilOf = (past: readonly Published[]) => past.at(-1)!.publishedAt + HOUR

describe('judge', () => {
  it('finds the reason that the contract finds', async () => {
    const { network, factory, topic } = await loadFixture(published)
    const policy = {
      ...NO_POLICY,
      maxAge: 600n,
      minContributors: 5n,
      minWagers: 500n,
      maxWidth: ONE,
      maxWidthBps: 1000n,
      minValue: -30n * ONE,
      maxValue: 30n * ONE,
    }
    await factory.createFallbackFeed!(topic, policy)
    const address = await factory.fallbackFeedOf!(topic, policy)
    const feed = await ethers.getContractAt('FallbackFeed', address)
    const seen = new Set<string>()
    for (const value of [-31n, -30n, 3n, 20n])
      for (const half of [0n, 150n, 151n])
        for (const [contributors, wagers, age] of [
          [5n, 500n, 0n],
          [4n, 500n, 0n],
          [5n, 499n, 0n],
          [5n, 500n, 700n],
        ] as const) {
          await network.publish!(topic, value * ONE, (half * ONE) / 100n)
          await network.setBacking!(topic, contributors, wagers)
          await network.setOld!(topic, age)
          const { lower, upper, publishedAt } = await network.read!(topic)
          const forecast = { value: value * ONE, interval: { lower, upper }, contributors, wagers }
          const now = BigInt(await time.latest())
          const own = judge(
            policy as unknown as FeedPolicy,
            { ...forecast, publishedAt, status: 'live' },
            now,
          )
          seen.add(own)
          expect(reasons[Number(await feed.reason!())]).to.equal(own)
        }
    expect([...seen]).to.have.members([
      'none',
      'tooOld',
      'tooFewContributors',
      'tooFewWagers',
      'tooWide',
      'outOfRange',
    ])
  })

  it('refuses what is not live whatever the policy, and an interval that is not promised', () => {
    const forecast = { ...hourly(0), status: 'thin' as const }
    expect(judge(noPolicy, forecast, 1_000n)).to.equal('thin')
    const unpromised = { ...hourly(0), interval: null, status: 'live' as const }
    expect(judge(noPolicy, unpromised, 1_000n)).to.equal('none')
    expect(judge({ ...noPolicy, maxWidthBps: 10_000n }, unpromised, 1_000n)).to.equal('tooWide')
  })
})

describe('replayPolicy', () => {
  it('judges a round at its publication and when the next one takes its place', () => {
    const past = [hourly(0), hourly(1, { contributors: 2n }), hourly(4), hourly(5)]
    const policy = { ...noPolicy, maxAge: HOUR, minContributors: 3n }
    const found = replayPolicy(policy, { past, until: untilOf(past) })
    expect(found.map(({ reason }) => reason)).to.deep.equal([
      'none',
      'tooFewContributors',
      'none',
      'none',
    ])
    const late = [hourly(0), hourly(2)]
    expect(replayPolicy(policy, { past: late, until: untilOf(late) })[0]!.reason).to.equal('tooOld')
  })

  it('leaves to staleness what happens after the target time', () => {
    const past = [hourly(0, { targetTime: 500n }), hourly(9)]
    const [first] = replayPolicy({ ...noPolicy, maxAge: 600n }, { past, until: untilOf(past) })
    expect(first!.reason).to.equal('none')
  })
})

describe('suggestPolicy', () => {
  const suggest = (past: readonly Published[], refuseBps = 100n) =>
    suggestPolicy({ past, until: untilOf(past), times, refuseBps })

  it('bounds what was seen with a quarter to spare', () => {
    expect(suggest(rounds(100))).to.include({
      maxAge: 3n * HOUR, // two cadences and both windows
      minContributors: 7n,
      minWagers: 750n * ONE,
      maxWidth: 0n,
      maxWidthBps: 1300n,
      minValue: 10n * ONE,
      maxValue: 30n * ONE,
    })
  })

  it('bounds the width itself where values come near zero, and nothing where none is promised', () => {
    const past = [hourly(0, { value: ONE / 10n }), hourly(1)]
    expect(suggest(past)).to.include({ maxWidth: 26n * 10n ** 17n, maxWidthBps: 0n })
    const without = [hourly(0, { interval: null })]
    expect(suggest(without)).to.include({ maxWidth: 0n, maxWidthBps: 0n })
  })

  it('gives up the odd rounds that it may refuse, and no more', () => {
    const past = rounds(500).map((each, i) =>
      i % 250 === 7 ? { ...each, contributors: 1n } : each,
    )
    const refused = (refuseBps: bigint) =>
      replayPolicy(suggest(past, refuseBps), { past, until: untilOf(past) }).filter(
        ({ reason }) => reason !== 'none',
      )
    expect(refused(100n)).to.have.length(0)
    expect(refused(200n).map(({ reason }) => reason)).to.deep.equal([
      'tooFewContributors',
      'tooFewContributors',
    ])
  })

  it('never refuses more than its share, whatever the rounds were', () => {
    const round = fc.record({
      value: fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
      below: fc.bigInt({ min: 0n, max: 10n ** 22n }),
      above: fc.bigInt({ min: 0n, max: 10n ** 22n }),
      contributors: fc.bigInt({ min: 1n, max: 256n }),
      wagers: fc.bigInt({ min: 0n, max: 2n ** 96n - 1n }),
      gap: fc.integer({ min: 1, max: 9 }),
    })
    fc.assert(
      fc.property(
        fc.array(round, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 5_000 }),
        (seen, bps) => {
          let at = 0
          const past = seen.map(({ value, below, above, gap, ...rest }) => {
            at += gap
            return hourly(at, {
              value,
              interval: { lower: value - below, upper: value + above },
              ...rest,
            })
          })
          const policy = suggest(past, BigInt(bps))
          const refused = replayPolicy(policy, { past, until: untilOf(past) }).filter(
            ({ reason }) => reason !== 'none',
          )
          expect(refused.length * 10_000).to.be.at.most(past.length * bps)
          expect(policy.maxWidth < 2n ** 104n && policy.maxWidthBps < 2n ** 32n).to.equal(true)
          for (const end of [policy.minValue, policy.maxValue])
            expect(end > -(2n ** 103n) && end < 2n ** 103n).to.equal(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})
