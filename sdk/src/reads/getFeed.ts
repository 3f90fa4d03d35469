import type { Address } from 'viem'
import { feedFactoryAbi } from '../abis/feedFactoryAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { explain } from '../contract/errors.ts'
import type { TopicId } from '../words/topic.ts'

/** What a consumer requires of a forecast (contracts/feeds/ForecastPolicy.sol); zeros require nothing. */
export type FeedPolicy = {
  /** Most seconds since publication. */
  maxAge: bigint
  /** Least number of workers behind the forecast. */
  minContributors: bigint
  /** Least money at risk behind it, token base units. */
  minWagers: bigint
  /** Widest interval, 1e18 fixed point. */
  maxWidth: bigint
  /** On top of that, widest interval as a share of the value, basis points. */
  maxWidthBps: bigint
  /** Least value, 1e18 fixed point; the range is required where either end is not zero. */
  minValue: bigint
  /** Greatest value, 1e18 fixed point. */
  maxValue: bigint
  /** A rollup's uptime feed; the zero address elsewhere. */
  sequencerFeed: Address
  /** Seconds after the sequencer came back during which nothing is accepted. */
  grace: bigint
}

/** What names a feed of a topic: without a policy, or under one that makes it revert (guarded) or answer zero (fallback). */
export type FeedKey = {
  /** The FeedFactory. */
  factory: Address
  topic: TopicId
} & ({ kind: 'plain' } | { kind: 'guarded' | 'fallback'; policy: FeedPolicy })

const names = { plain: 'feedOf', guarded: 'guardedFeedOf', fallback: 'fallbackFeedOf' } as const

/**
 * The address of a topic's feed, which follows from the topic and the policy, and whether it is deployed (see createFeed).
 * @throws AuspexError UnknownTopic
 *
 * @example
 * ```ts
 * import { getFeed } from '@auspex/sdk'
 *
 * const { feed, isDeployed } = await getFeed(auspex, { factory, topic, kind: 'plain' })
 * ```
 */
export async function getFeed(
  client: AuspexClient,
  key: FeedKey,
): Promise<{ feed: Address; isDeployed: boolean }> {
  const args = key.kind === 'plain' ? [key.topic] : [key.topic, key.policy]
  const call = { address: key.factory, abi: feedFactoryAbi, functionName: names[key.kind], args }
  const feed = (await client.public.readContract(call as never).catch((error: unknown) => {
    throw explain(error)
  })) as Address
  const code = await client.public.getCode({ address: feed })
  return { feed, isDeployed: code !== undefined && code !== '0x' }
}
