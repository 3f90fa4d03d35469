/* Feeds of a topic for consumers in Chainlink's shape; each takes the address of the FeedFactory as `factory`. */
import { encodeFunctionData } from 'viem'
import type { Address, Hex, TransactionReceipt } from 'viem'
import { feedFactoryAbi } from '../abis/feedFactoryAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { getFeed } from '../reads/getFeed.ts'
import type { FeedKey, FeedPolicy } from '../reads/getFeed.ts'
import { write } from '../contract/write.ts'

const verbs = {
  plain: 'createFeed',
  guarded: 'createGuardedFeed',
  fallback: 'createFallbackFeed',
} as const

type Key = Pick<FeedKey, 'factory' | 'topic'>
type PolicyKey = Key & { policy: FeedPolicy }

/**
 * Deploys a topic's feed, or finds the one that exists; anyone may, and nothing but the topic's id is needed.
 * @throws AuspexError UnknownTopic
 */
export async function createFeed(
  client: AuspexClient,
  { factory, topic }: Key,
): Promise<{ feed: Address; receipt: TransactionReceipt }> {
  return create(client, { factory, topic, kind: 'plain' })
}

/**
 * Deploys a topic's feed that reverts where the policy refuses the forecast, or finds the one that exists.
 * @throws AuspexError UnknownTopic
 */
export async function createGuardedFeed(
  client: AuspexClient,
  key: PolicyKey,
): Promise<{ feed: Address; receipt: TransactionReceipt }> {
  return create(client, { ...key, kind: 'guarded' })
}

/**
 * Deploys a topic's feed that answers zero where the policy refuses the forecast, or finds the one that exists.
 * @throws AuspexError UnknownTopic
 */
export async function createFallbackFeed(
  client: AuspexClient,
  key: PolicyKey,
): Promise<{ feed: Address; receipt: TransactionReceipt }> {
  return create(client, { ...key, kind: 'fallback' })
}

async function create(client: AuspexClient, key: FeedKey) {
  const receipt = await write(client, { to: key.factory, data: encodeCreateFeed(key) })
  const { feed } = await getFeed(client, key)
  return { feed, receipt }
}

export function encodeCreateFeed(key: FeedKey): Hex {
  const args = key.kind === 'plain' ? [key.topic] : [key.topic, key.policy]
  return encodeFunctionData({ abi: feedFactoryAbi, functionName: verbs[key.kind], args } as never)
}
