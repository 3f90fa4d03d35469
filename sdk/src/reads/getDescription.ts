import type { AuspexClient } from '../client.ts'
import { readNetwork } from '../readNetwork.ts'
import type { TopicId } from '../types.ts'

/** A topic's question in words, as whoever opened it wrote it; escape it where it is shown. Empty for an unknown topic. */
export async function getDescription(
  client: AuspexClient,
  { topic }: { topic: TopicId },
): Promise<string> {
  return readNetwork(client, 'descriptionOf', [topic])
}
