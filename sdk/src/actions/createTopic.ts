import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, write } from '../contract/calls.ts'
import { requireEvent } from '../contract/logs.ts'
import { domainKinds } from '../words/topic.ts'
import type { TopicId, TopicParams } from '../words/topic.ts'

/**
 * Opens a topic. Anyone may; its id is the hash of its terms.
 * @throws AuspexError OutOfBounds (naming the term), UnsoundDomain, TruthIsPriceFeed, NotATruthSource, TopicExists
 *
 * @example
 * ```ts
 * import { createTopic, defaultsFor } from '@auspex/sdk'
 * import { parseEther } from 'viem'
 *
 * const { topic } = await createTopic(auspex, {
 *   ...defaultsFor('price', 4n),
 *   description: 'The price an hour ahead',
 *   truth: source,
 *   decimals: 8n,
 *   seats: 16n,
 *   ringSize: 4n,
 *   riskBps: 400n,
 *   start: (await auspex.now()) + 60n,
 *   cadence: 3_600n,
 *   commitWindow: 300n,
 *   revealWindow: 300n,
 *   lead: 60n,
 *   horizon: 4_200n,
 *   truthWindow: 3_600n,
 *   activationDelay: 600n,
 *   unstakeDelay: 86_400n,
 *   minWorkers: 3n,
 *   minWager: parseEther('1'),
 *   minStake: parseEther('100'),
 *   min: 0n,
 *   max: parseEther('100000'),
 *   center: parseEther('100'),
 *   sigma: parseEther('5'),
 * })
 * ```
 */
export async function createTopic(
  client: AuspexClient,
  params: TopicParams,
): Promise<{ topic: TopicId; receipt: TransactionReceipt }> {
  const receipt = await write(client, { to: client.network, data: encodeCreateTopic(params) })
  return { topic: requireEvent(client, receipt, 'TopicCreated').topic, receipt }
}

export function encodeCreateTopic(params: TopicParams): Hex {
  const domain = BigInt(domainKinds.indexOf(params.domain))
  return encodeCall('createTopic', [{ ...params, domain }])
}
