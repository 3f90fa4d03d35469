import { topicNetworkAbi } from '@auspex/sdk/abis'
import type { AuspexClient, TopicId } from '@auspex/sdk'

/** What was told when topics were created: all, or one of them. Oldest first; the network keeps no words itself. */
export async function createdTopics(
  client: AuspexClient,
  { topic }: { topic?: TopicId } = {},
): Promise<{ topic: TopicId; description: string }[]> {
  const logs = await client.public.getContractEvents({
    address: client.network,
    abi: topicNetworkAbi,
    eventName: 'TopicCreated',
    args: topic === undefined ? {} : { topic },
    fromBlock: client.fromBlock,
    strict: true,
  })
  // Anyone may have written it: what would move a terminal is left out.
  return logs.map(({ args: { topic, params } }) => ({
    topic,
    description: params.description.replace(/\p{Cc}/gu, ' '),
  }))
}
