/* What a FeedHistory keeps of a topic: its published rounds, as far as somebody recorded them (recordForecast). */
import type { Address } from 'viem'
import { feedHistoryAbi } from '../abis/feedHistoryAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { readFrom } from '../contract/calls.ts'
import type { TopicId } from '../words/topic.ts'
import type { FeedPolicy } from '../words/policy.ts'

type History = { history: Address; topic: TopicId }

/** A published round as it was recorded. Times are unix time. */
export type RecordedForecast = {
  /** 1e18 fixed point. */
  value: bigint
  /** The moment it is a forecast of. */
  targetTime: bigint
  publishedAt: bigint
  /** The topic's round, counted by its schedule. */
  round: bigint
  /** Workers behind it; 255 stands for 255 or more. */
  contributors: bigint
}

/**
 * A recorded round by its number among the published ones; undefined where nobody recorded it while it was the latest, or where
 * it is no longer kept.
 *
 * @example
 * ```ts
 * import { getRecordedForecast } from '@auspex/sdk'
 *
 * const recorded = await getRecordedForecast(auspex, { history, topic, roundId: 1n })
 * ```
 */
export async function getRecordedForecast(
  client: AuspexClient,
  { history, topic, roundId }: History & { roundId: bigint },
): Promise<RecordedForecast | undefined> {
  const target = { abi: feedHistoryAbi, address: history }
  const { roundId: kept, ...recorded } = await readFrom(client, target, 'roundOf', [topic, roundId])
  return kept === 0n ? undefined : recorded
}

/**
 * The median of the last `count` published rounds, 1e18 fixed point.
 * @throws AuspexError WrongCount, NothingPublished, TooFewRounds, NotRecorded, RoundOutOfRange, and what the policy refuses with
 *
 * @example
 * ```ts
 * import { getMedianForecast } from '@auspex/sdk'
 *
 * const value = await getMedianForecast(auspex, { history, topic, count: 5n, policy })
 * ```
 */
export async function getMedianForecast(
  client: AuspexClient,
  { history, topic, count, policy }: History & { count: bigint; policy: FeedPolicy },
): Promise<bigint> {
  const target = { abi: feedHistoryAbi, address: history }
  return readFrom(client, target, 'medianOf', [topic, count, policy])
}
