import { feedFactoryAbi, topicFeedAbi, topicNetworkAbi } from '@auspex/sdk/abis'
import { encodeFunctionData } from 'viem'
import type { Address, Hex } from 'viem'
import { startChain } from '../chain.ts'
import type { Hardfork } from '../chain.ts'
import { openTopic } from './openTopic.ts'
import type { Scene } from './openTopic.ts'
import { probeRead } from './probeRead.ts'
import type { ReadCost } from './probeRead.ts'
import { publishRound } from './publishRound.ts'
import { warmUp } from './settleRound.ts'

export const readNames = ['feed', 'aggregatorV3', 'guarded'] as const
export type ReadName = (typeof readNames)[number]

const WORKERS = 4
const HOUR = 3_600
/** Asks everything there is to ask, but of no sequencer. */
const POLICY = {
  maxAge: HOUR,
  minContributors: 3,
  minWagers: 1n,
  maxWidth: 0n,
  maxWidthBps: 10_000,
  minValue: 0n,
  maxValue: 0n,
  sequencerFeed: '0x0000000000000000000000000000000000000000',
  grace: 0,
} as const

/** What it costs a contract to read a live topic: from the network, as a feed, and under a policy. */
export async function measureReads({
  hardfork,
}: {
  hardfork: Hardfork
}): Promise<Record<ReadName, ReadCost>> {
  const chain = await startChain({ hardfork, workers: WORKERS })
  try {
    const scene = await openTopic({ chain, mode: 'batched' })
    const { feed, guarded } = await makeFeeds(scene)
    await publishRound({ scene, round: await warmUp(scene) })

    const { network, public: reader } = chain.keeper
    const read = { abi: topicNetworkAbi, functionName: 'read', args: [scene.topic] } as const
    const latest = encodeFunctionData({ abi: topicFeedAbi, functionName: 'latestRoundData' })
    const probe = (to: Address, data: Hex) => probeRead({ reader, to, data })

    return {
      feed: await probe(network, encodeFunctionData(read)),
      aggregatorV3: await probe(feed, latest),
      guarded: await probe(guarded, latest),
    }
  } finally {
    await chain.stop()
  }
}

async function makeFeeds({ chain, topic }: Scene): Promise<{ feed: Address; guarded: Address }> {
  const { keeper, factory } = chain
  // The encoder takes bigints for small numbers as well; only its types insist on plain ones.
  const call = (functionName: string, args: readonly unknown[]) =>
    ({ abi: feedFactoryAbi, functionName, args }) as never
  const address = async (functionName: string, args: readonly unknown[]) =>
    (await keeper.public.readContract({
      ...(call(functionName, args) as object),
      address: factory,
    } as never)) as Address

  const plain = [topic]
  const policed = [topic, POLICY]
  await keeper.send({ to: factory, data: encodeFunctionData(call('createFeed', plain)) })
  await keeper.send({ to: factory, data: encodeFunctionData(call('createGuardedFeed', policed)) })

  return { feed: await address('feedOf', plain), guarded: await address('guardedFeedOf', policed) }
}
