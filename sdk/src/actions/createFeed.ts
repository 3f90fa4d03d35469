/* Feeds of a topic for consumers in Chainlink's shape; each takes the address of the FeedFactory as `factory`. */
import { encodeFunctionData } from 'viem'
import type { Address, Hex, TransactionReceipt } from 'viem'
import { feedFactoryAbi } from '../abis/feedFactoryAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { getFeed } from '../reads/getFeed.ts'
import type { FeedKey } from '../reads/getFeed.ts'
import type { FeedPolicy } from '../words/policy.ts'
import { write } from '../contract/calls.ts'

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
 *
 * @example
 * ```ts
 * import { createFeed } from '@auspex/sdk'
 *
 * const { feed } = await createFeed(auspex, { factory, topic })
 * ```
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
 *
 * @example
 * ```ts
 * import { createGuardedFeed } from '@auspex/sdk'
 * import { parseEther, zeroAddress } from 'viem'
 *
 * const policy = {
 *   maxAge: 3_600n,
 *   minContributors: 3n,
 *   minWagers: parseEther('1000'),
 *   maxWidth: parseEther('20'),
 *   maxWidthBps: 0n,
 *   minValue: 0n,
 *   maxValue: parseEther('500'),
 *   sequencerFeed: zeroAddress,
 *   grace: 0n,
 * }
 * const { feed } = await createGuardedFeed(auspex, { factory, topic, policy })
 * ```
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
 *
 * @example
 * ```ts
 * import { createFallbackFeed } from '@auspex/sdk'
 *
 * const { feed } = await createFallbackFeed(auspex, { factory, topic, policy })
 * ```
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
