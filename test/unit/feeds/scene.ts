import { network } from 'hardhat'

export const { ethers, networkHelpers } = await network.create()

export const ONE = 10n ** 18n
export const NO_POLICY = {
  maxAge: 0n,
  minContributors: 0n,
  minWagers: 0n,
  maxWidth: 0n,
  maxWidthBps: 0n,
  minValue: 0n,
  maxValue: 0n,
  sequencerFeed: ethers.ZeroAddress,
  grace: 0n,
}

export type Policy = typeof NO_POLICY

export const params = {
  description: 'S&P 500 volatility',
  truth: ethers.ZeroAddress,
  decimals: 8n,
  seats: 8n,
  ringSize: 4n,
  riskBps: 400n,
  start: 1_000n,
  cadence: 3600n,
  commitWindow: 60n,
  revealWindow: 60n,
  lead: 60n,
  horizon: 86_400n,
  truthWindow: 3600n,
  activationDelay: 60n,
  unstakeDelay: 60n,
  minWorkers: 2n,
  minWager: 1n,
  minStake: 1n,
  intervalBps: 9000n,
  poolRateBps: 100n,
  poolShareBps: 1000n,
  rewardCapBps: 100n,
  tipBps: 100n,
  referenceRateBps: 10_000n,
  domain: 0n,
  domainScale: 30_000n,
  min: 0n,
  max: 1_000n * ONE,
  center: 100n * ONE,
  sigma: ONE,
}

/** A network that says what a test wants to hear, with one good forecast: 20 give or take 1. */
export async function published() {
  const network = await ethers.deployContract('MockTopicFeed')
  const factory = await ethers.deployContract('FeedFactory', [network])
  const topic = (await network.createTopic!.staticCall(params)) as string
  await network.createTopic!(params)
  await network.publish!(topic, 20n * ONE, ONE)
  return { network, factory, topic }
}
