import type { Address } from 'viem'
import { feedFactoryAbi } from '../abis/feedFactoryAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { explain } from '../contract/errors.ts'
import type { FeedPolicy } from '../words/policy.ts'
import type { TopicId } from '../words/topic.ts'

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
