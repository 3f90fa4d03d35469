import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { toldIn } from '../events.ts'
import { domainKinds } from '../types.ts'
import type { TopicId, TopicParams } from '../types.ts'
import { write } from '../write.ts'

/**
 * Opens a topic. Anyone may; its id is the hash of its terms.
 * @throws AuspexError OutOfBounds (naming the term), UnsoundDomain, TruthIsPriceFeed, NotATruthSource, TopicExists
 */
export async function createTopic(
  client: AuspexClient,
  params: TopicParams,
): Promise<{ topic: TopicId; receipt: TransactionReceipt }> {
  const receipt = await write(client, { to: client.network, data: encodeCreateTopic(params) })
  return { topic: toldIn(client, receipt, 'TopicCreated').topic, receipt }
}

export function encodeCreateTopic(params: TopicParams): Hex {
  const domain = BigInt(domainKinds.indexOf(params.domain))
  return encodeCall('createTopic', [{ ...params, domain }])
}
