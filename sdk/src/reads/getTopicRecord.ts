import { getAbiItem } from 'viem'
import { topicNetworkAbi } from '../abis/topicNetworkAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { onchain } from '../contract/calls.ts'
import { refusal } from '../contract/errors.ts'
import { readLogs } from '../contract/logs.ts'
import type { TopicRecord } from '../words/record.ts'
import { recordOf, recordedEvents } from '../words/recordOf.ts'
import type { RecordedEvent, RecordedEventName } from '../words/recordOf.ts'
import type { TopicId } from '../words/topic.ts'

/**
 * A topic's whole past by its events: money, seats, predictions, aggregates and truths in the order in which they
 * happened. Reads every block since the network was deployed (`fromBlock`), so keep the result where it is needed often.
 * @throws AuspexError UnknownTopic
 *
 * @example
 * ```ts
 * import { getTopicRecord, roundsIn } from '@auspex/sdk'
 *
 * const record = await getTopicRecord(auspex, { topic })
 * const settled = roundsIn(record).filter(({ isSettled }) => isSettled)
 * ```
 */
export async function getTopicRecord(
  client: AuspexClient,
  { topic, toBlock }: { topic: TopicId; toBlock?: bigint },
): Promise<TopicRecord> {
  const last = toBlock ?? (await client.public.getBlockNumber({ cacheTime: 0 }))
  const events: RecordedEvent[] = []
  for (const name of recordedEvents) {
    events.push(...(await eventsOf(client, { name, topic, toBlock: last })))
    // The first of them: a topic that was never created has no other events.
    if (events.length === 0) throw refusal('UnknownTopic', { topic })
  }
  return recordOf({ topic, events })!
}

async function eventsOf(
  client: AuspexClient,
  { name, topic, toBlock }: { name: RecordedEventName; topic: TopicId; toBlock: bigint },
): Promise<RecordedEvent[]> {
  const event = getAbiItem({ abi: topicNetworkAbi, name } as never) as never
  const logs = await readLogs(client, { event, args: { topic } as never, toBlock })
  const events: RecordedEvent[] = []
  for (const { args, blockNumber: block, logIndex: place } of logs) {
    const isDated = name === 'RoundPublished'
    const at = isDated ? (await client.public.getBlock({ blockNumber: block })).timestamp : 0n
    events.push({ name, args: onchain(args) as RecordedEvent['args'], block, place, at })
  }
  return events
}
