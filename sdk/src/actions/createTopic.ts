import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../contract/encode.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { toldIn } from '../contract/events.ts'
import { domainKinds } from '../words/topic.ts'
import type { TopicId, TopicParams } from '../words/topic.ts'
import { write } from '../contract/write.ts'

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
