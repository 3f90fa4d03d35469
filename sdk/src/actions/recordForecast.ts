import type { Address, TransactionReceipt } from 'viem'
import { feedHistoryAbi } from '../abis/feedHistoryAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { sendTo } from '../contract/calls.ts'
import { eventFrom } from '../contract/logs.ts'
import type { TopicId } from '../words/topic.ts'

/**
 * Records a topic's latest published round in a FeedHistory, from which medians and AggregatorV3 views of past rounds are
 * read. Anyone may; the value comes from the network.
 * @returns the number of the round among the published ones; undefined where it was recorded before
 * @throws AuspexError NothingPublished
 *
 * @example
 * ```ts
 * import { recordForecast } from '@auspex/sdk'
 *
 * const { roundId } = await recordForecast(auspex, { history, topic })
 * ```
 */
export async function recordForecast(
  client: AuspexClient,
  { history, topic }: { history: Address; topic: TopicId },
): Promise<{ roundId: bigint | undefined; receipt: TransactionReceipt }> {
  const target = { abi: feedHistoryAbi, address: history }
  const receipt = await sendTo(client, target, 'record', [topic])
  return { roundId: eventFrom(target, receipt, 'RoundRecorded')?.roundId, receipt }
}
