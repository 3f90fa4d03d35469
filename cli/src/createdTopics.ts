import { topicNetworkAbi } from '@auspex/sdk/abis'
import { readLogs } from '@auspex/sdk'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import { visible } from '@auspex/workers'
import { getAbiItem } from 'viem'

const created = getAbiItem({ abi: topicNetworkAbi, name: 'TopicCreated' })

/** What was told when topics were created: all, or one of them. Oldest first; the network keeps no words itself. */
export async function createdTopics(
  client: AuspexClient,
  { topic }: { topic?: TopicId } = {},
): Promise<{ topic: TopicId; description: string }[]> {
  const args = topic === undefined ? {} : { topic }
  const most = topic === undefined ? {} : { most: 1 }
  const logs = await readLogs(client, { event: created, args, ...most })
  // Anyone may have written it: what cannot be seen is shown by its number.
  return logs.map(({ args: { topic, params } }) => ({
    topic,
    description: visible(params.description),
  }))
}
