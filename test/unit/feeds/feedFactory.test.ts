import { expect } from 'chai'
import { ethers, networkHelpers, NO_POLICY, published } from './scene.ts'

const { loadFixture } = networkHelpers

describe('FeedFactory', () => {
  it('refuses a topic that does not exist', async () => {
    const { factory } = await loadFixture(published)
    const absent = ethers.id('a topic that nobody created')
    const asks = [
      () => factory.createFeed!(absent),
      () => factory.createGuardedFeed!(absent, NO_POLICY),
      () => factory.createFallbackFeed!(absent, NO_POLICY),
      () => factory.feedOf!(absent),
      () => factory.guardedFeedOf!(absent, NO_POLICY),
      () => factory.fallbackFeedOf!(absent, NO_POLICY),
    ]

    for (const ask of asks) {
      await expect(ask()).to.be.revertedWithCustomError(factory, 'UnknownTopic').withArgs(absent)
    }
  })

  it('makes a feed where it said it would', async () => {
    const { factory, topic } = await loadFixture(published)
    const expected = await factory.feedOf!(topic)

    await expect(factory.createFeed!(topic))
      .to.emit(factory, 'FeedCreated')
      .withArgs(topic, expected)

    const feed = await ethers.getContractAt('TopicFeed', expected)
    expect(await feed.topic!()).to.equal(topic)
  })

  it('finds a feed that is there', async () => {
    const { factory, topic } = await loadFixture(published)
    await factory.createFeed!(topic)
    await factory.createGuardedFeed!(topic, NO_POLICY)

    expect(await factory.createFeed!.staticCall(topic)).to.equal(await factory.feedOf!(topic))
    await expect(factory.createFeed!(topic)).to.not.emit(factory, 'FeedCreated')
    await expect(factory.createGuardedFeed!(topic, NO_POLICY)).to.not.emit(
      factory,
      'GuardedFeedCreated',
    )
  })

  it('gives each policy a feed of its own', async () => {
    const { factory, topic } = await loadFixture(published)
    const strict = { ...NO_POLICY, maxAge: 60n }
    const [loose, tight] = [
      await factory.guardedFeedOf!(topic, NO_POLICY),
      await factory.guardedFeedOf!(topic, strict),
    ]

    expect(loose).to.not.equal(tight)
    await expect(factory.createGuardedFeed!(topic, strict))
      .to.emit(factory, 'GuardedFeedCreated')
      .withArgs(topic, tight, Object.values(strict))
  })
})

describe('TopicFeed', () => {
  it('says that it is a forecast, and how far ahead', async () => {
    const { factory, topic } = await loadFixture(published)
    await factory.createFeed!(topic)
    const feed = await ethers.getContractAt('TopicFeed', await factory.feedOf!(topic))

    expect(await feed.description!()).to.equal(
      'S&P 500 volatility (forecast, 86400 s ahead, heartbeat 3720 s)',
    )
    expect(await feed.heartbeat!()).to.equal(3_720n)
    expect(await feed.horizon!()).to.equal(86_400n)
    expect(await feed.decimals!()).to.equal(8n)
    expect(await feed.version!()).to.equal(1n)
  })

  it('adds less than 9,000 gas to reading the network itself', async () => {
    const { network, factory, topic } = await loadFixture(published)
    await factory.createFeed!(topic)
    const feed = await ethers.getContractAt('TopicFeed', await factory.feedOf!(topic))
    const gasOf = (to: typeof network, name: string, args: unknown[]) =>
      ethers.provider.estimateGas({ to, data: to.interface.encodeFunctionData(name, args) })

    const direct = await gasOf(network, 'read', [topic])

    expect((await gasOf(feed, 'latestAnswer', [])) - direct).to.be.lessThan(9_000n)
  })
})
