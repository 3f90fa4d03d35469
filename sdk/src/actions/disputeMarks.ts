/* Marks of a DisputeFeed (`feed`): a topic's forecasts are shown as disputed there while one of its rounds is marked. */
import type { Address, TransactionReceipt } from 'viem'
import { disputeFeedAbi } from '../abis/disputeFeedAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { readFrom, sendTo } from '../contract/calls.ts'
import type { RoundKey } from '../words/round.ts'

type Marked = RoundKey & { feed: Address }

/**
 * Marks a round whose truth is under challenge. Anyone may; without effect where it is marked.
 * @throws AuspexError UnknownTopic, NotDisputed
 *
 * @example
 * ```ts
 * import { markDispute } from '@auspex/sdk'
 *
 * await markDispute(auspex, { feed, topic, round })
 * ```
 */
export async function markDispute(
  client: AuspexClient,
  { feed, topic, round }: Marked,
): Promise<{ receipt: TransactionReceipt }> {
  return { receipt: await sendTo(client, targetOf(feed), 'mark', [topic, round]) }
}

/**
 * Clears a round whose dispute is over. Anyone may; without effect where it is not marked.
 * @throws AuspexError UnknownTopic, StillDisputed
 *
 * @example
 * ```ts
 * import { clearDispute } from '@auspex/sdk'
 *
 * await clearDispute(auspex, { feed, topic, round })
 * ```
 */
export async function clearDispute(
  client: AuspexClient,
  { feed, topic, round }: Marked,
): Promise<{ receipt: TransactionReceipt }> {
  return { receipt: await sendTo(client, targetOf(feed), 'clear', [topic, round]) }
}

/** Whether a round's truth is under challenge now, whether it is marked, and how many rounds of its topic are. */
export type DisputeMarks = { isDisputed: boolean; isMarked: boolean; marks: bigint }

/**
 * How a round stands at a DisputeFeed.
 * @throws AuspexError UnknownTopic
 *
 * @example
 * ```ts
 * import { getDisputeMarks } from '@auspex/sdk'
 *
 * const { isDisputed, isMarked } = await getDisputeMarks(auspex, { feed, topic, round })
 * ```
 */
export async function getDisputeMarks(
  client: AuspexClient,
  { feed, topic, round }: Marked,
): Promise<DisputeMarks> {
  const [isDisputed, isMarked, marks] = await Promise.all([
    readFrom(client, targetOf(feed), 'isDisputed', [topic, round]),
    readFrom(client, targetOf(feed), 'isMarked', [topic, round]),
    readFrom(client, targetOf(feed), 'marksOf', [topic]),
  ])
  return { isDisputed, isMarked, marks }
}

function targetOf(feed: Address) {
  return { abi: disputeFeedAbi, address: feed }
}
