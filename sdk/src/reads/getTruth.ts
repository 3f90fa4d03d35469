import type { Address, Hex } from 'viem'
import { truthSourceAbi } from '../abis/truthSourceAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { explain } from '../contract/errors.ts'
import { targetTime } from '../maths/schedule.ts'
import { truthStatuses } from '../words/topic.ts'
import type { Times, TruthStatus } from '../words/topic.ts'
import type { RoundKey } from '../words/round.ts'
import { getTopic } from './getTopic.ts'
import { feedTruthAbi } from '../abis/feedTruthAbi.ts'

/**
 * What a topic's truth source says of a round now, by its own contract's answer; `value` is 1e18 fixed point and zero
 * unless known. `state` spares reading the topic again.
 * @throws AuspexError UnknownTopic, or the truth source's own
 *
 * @example
 * ```ts
 * import { getTruth } from '@auspex/sdk'
 *
 * const { status, value } = await getTruth(auspex, { topic, round, proof })
 * ```
 */
export async function getTruth(
  client: AuspexClient,
  {
    topic,
    round,
    proof = '0x',
    state,
  }: RoundKey & { proof?: Hex; state?: Times & { truth: Address } },
): Promise<{ status: TruthStatus; value: bigint }> {
  const terms = state ?? (await getTopic(client, { topic }))
  const [status, value] = await client.public
    .readContract({
      address: terms.truth,
      abi: truthSourceAbi,
      functionName: 'truthOf',
      args: [topic, round, targetTime(terms, round), proof],
      blockTag: 'pending',
    })
    .catch((error: unknown) => {
      throw explain(error)
    })
  return { status: truthStatuses[status]!, value }
}

/**
 * The proof that a truth source over a Chainlink-shaped feed needs for a past moment, for `getTruth` and `resolve`: across
 * upgrades of the feed too. Where nothing is settled yet it proves nothing, and the source answers unknown. `source` is a
 * FeedTruth, or another source with its `proofOf`; `targetTime` is the round's target time, unix seconds.
 *
 * @example
 * ```ts
 * import { getFeedProof } from '@auspex/sdk'
 *
 * const proof = await getFeedProof(auspex, { source, targetTime })
 * ```
 */
export async function getFeedProof(
  client: AuspexClient,
  { source, targetTime }: { source: Address; targetTime: bigint },
): Promise<Hex> {
  const call = { address: source, abi: feedTruthAbi, functionName: 'proofOf' } as const
  return client.public.readContract({ ...call, args: [targetTime] }).catch((error: unknown) => {
    throw explain(error)
  })
}
