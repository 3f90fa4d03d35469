import { expect } from 'chai'
import type { Policy } from './scene.ts'
import { ethers, networkHelpers, NO_POLICY, ONE, params, published } from './scene.ts'

const { loadFixture, time } = networkHelpers

const HOUR = 3600

const errors = await ethers.getContractFactory('GuardedFeed')

async function sequenced() {
  const scene = await published()
  const sequencer = await ethers.deployContract('MockAggregator', [0, 'sequencer uptime'])
  return { ...scene, sequencer }
}

type Scene = Awaited<ReturnType<typeof sequenced>>

async function guardedBy(
  { factory, topic }: Pick<Scene, 'factory' | 'topic'>,
  changes: Partial<Policy>,
) {
  const policy = { ...NO_POLICY, ...changes }
  await factory.createGuardedFeed!(topic, policy)
  return ethers.getContractAt('GuardedFeed', await factory.guardedFeedOf!(topic, policy))
}

describe('GuardedFeed', () => {
  // In the order in which a policy asks.
  const refusals: {
    error: string
    policy?: Partial<Policy>
    spoil(scene: Scene): Promise<unknown>
    args?: unknown[]
  }[] = [
    {
      error: 'ForecastDisputed',
      spoil: ({ network, topic }) => network.setDisputed!(topic),
      args: [1],
    },
    { error: 'ForecastStale', spoil: ({ network, topic }) => network.setStale!(topic) },
    { error: 'ForecastThin', spoil: ({ network, topic }) => network.setThin!(topic), args: [1] },
    {
      error: 'ForecastTooOld',
      policy: { maxAge: 600n },
      spoil: ({ network, topic }) => network.setOld!(topic, 601),
      args: [601, 600],
    },
    {
      error: 'TooFewContributors',
      policy: { minContributors: 5n },
      spoil: ({ network, topic }) => network.setBacking!(topic, 4, 1000n * ONE),
      args: [4, 5],
    },
    {
      error: 'TooFewWagers',
      policy: { minWagers: 500n },
      spoil: ({ network, topic }) => network.setBacking!(topic, 8, 499n),
      args: [499, 500],
    },
    {
      error: 'IntervalTooWide',
      policy: { maxWidth: 2n * ONE },
      spoil: ({ network, topic }) => network.setWide!(topic, ONE + 1n),
      args: [2n * ONE + 2n, 2n * ONE],
    },
    {
      error: 'IntervalTooWide',
      policy: { maxWidthBps: 1000n },
      spoil: ({ network, topic }) => network.setUnpromised!(topic),
      args: [2n ** 104n - 1n, 2n * ONE],
    },
    {
      error: 'ValueOutOfRange',
      policy: { minValue: 1n, maxValue: 100n * ONE },
      spoil: ({ network, topic }) => network.setNegative!(topic),
      args: [-20n * ONE, 1, 100n * ONE],
    },
  ]

  it('refuses before anything is published', async () => {
    const { network, factory } = await loadFixture(published)
    const terms = { ...params, description: 'silence' }
    const other = (await network.createTopic!.staticCall(terms)) as string
    await network.createTopic!(terms)
    await factory.createGuardedFeed!(other, NO_POLICY)
    const feed = await ethers.getContractAt(
      'GuardedFeed',
      await factory.guardedFeedOf!(other, NO_POLICY),
    )

    await expect(feed.latestRoundData!()).to.be.revertedWithCustomError(errors, 'ForecastVoid')
  })

  for (const { error, policy = {}, spoil, args } of refusals) {
    it(`refuses with ${error} where its policy asks for more`, async () => {
      const scene = await loadFixture(sequenced)
      const feed = await guardedBy(scene, policy)
      expect(await feed.latestAnswer!()).to.equal(20n * 10n ** 8n)

      await spoil(scene)
      const refusal = expect(feed.latestRoundData!()).to.be.revertedWithCustomError(errors, error)
      await (args ? refusal.withArgs(...args) : refusal)
      for (const read of ['latestAnswer', 'interval', 'targetTime', 'forecast'])
        await expect(feed.getFunction(read)()).to.be.revertedWithCustomError(errors, error)
      expect(await feed.getFunction('getRoundData')(7)).to.deep.equal([0n, 0n, 0n, 0n, 0n])
    })
  }

  it('asks nothing of age, backing and width without a policy', async () => {
    const scene = await loadFixture(sequenced)
    const { network, topic } = scene
    const feed = await guardedBy(scene, {})
    await network.setOld!(topic, 10 * HOUR)
    await network.setBacking!(topic, 0, 0)
    await network.setUnpromised!(topic)

    expect(await feed.latestAnswer!()).to.equal(20n * 10n ** 8n)
  })

  it('lets a width be a share of the value and something on top', async () => {
    const scene = await loadFixture(sequenced)
    const feed = await guardedBy(scene, { maxWidth: ONE, maxWidthBps: 500n })
    const { network, topic } = scene

    expect(await feed.latestAnswer!()).to.equal(20n * 10n ** 8n)
    await network.setWide!(topic, ONE + 1n)
    await expect(feed.latestAnswer!()).to.be.revertedWithCustomError(errors, 'IntervalTooWide')
  })

  it('keeps its policy', async () => {
    const scene = await loadFixture(sequenced)
    const feed = await guardedBy(scene, { maxAge: 9n, grace: 3n })

    expect(await feed.policy!()).to.deep.equal(
      Object.values({ ...NO_POLICY, maxAge: 9n, grace: 3n }),
    )
  })

  describe('on a rollup', () => {
    const behind = (scene: Scene, sequencerFeed: string) =>
      guardedBy(scene, { sequencerFeed, grace: BigInt(HOUR) })

    for (const [what, spoil] of [
      ['is down', ({ sequencer }: Scene) => sequencer.push!(1, 1_000)],
      ['has not begun', async () => undefined],
      ['says it came up in the future', ({ sequencer }: Scene) => sequencer.push!(0, 2 ** 40)],
    ] as const)
      it(`refuses while the sequencer ${what}`, async () => {
        const scene = await loadFixture(sequenced)
        await spoil(scene)
        const feed = await behind(scene, await scene.sequencer.getAddress())

        await expect(feed.latestAnswer!()).to.be.revertedWithCustomError(errors, 'SequencerDown')
      })

    it('refuses when the uptime feed is no contract or reverts', async () => {
      const scene = await loadFixture(sequenced)

      for (const address of [
        ethers.Wallet.createRandom().address,
        await scene.network.getAddress(),
      ]) {
        const feed = await behind(scene, address)
        await expect(feed.latestAnswer!()).to.be.revertedWithCustomError(errors, 'SequencerDown')
      }
    })

    it('waits for the grace period after an outage', async () => {
      const scene = await loadFixture(sequenced)
      const { network, topic, sequencer } = scene
      const feed = await behind(scene, await sequencer.getAddress())
      const up = await time.latest()
      await sequencer.push!(0, up)
      await time.increaseTo(up + HOUR - 10)
      await network.publish!(topic, 20n * ONE, ONE)

      await expect(feed.latestAnswer!()).to.be.revertedWithCustomError(errors, 'SequencerJustUp')
      await time.increaseTo(up + HOUR + 2)
      expect(await feed.latestAnswer!()).to.equal(20n * 10n ** 8n)
    })
  })
})
