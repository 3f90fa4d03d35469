import type { AuspexClient } from '../client.ts'
import type { TopicId } from '../types.ts'
import { getSeat } from './getSeat.ts'
import { getTopic } from './getTopic.ts'

/**
 * The first free seat of a topic; undefined where all are taken.
 * @throws AuspexError UnknownTopic
 */
export async function getFreeSeat(
  client: AuspexClient,
  { topic }: { topic: TopicId },
): Promise<bigint | undefined> {
  const { lastSeat } = await getTopic(client, { topic })
  for (let seat = 0n; seat <= lastSeat; seat++) {
    if ((await getSeat(client, { topic, seat })) === undefined) return seat
  }
  return undefined
}
