import type { Address, Hex } from 'viem'
import { feedTruthAbi } from '../abis/feedTruthAbi.ts'
import type { AuspexClient } from '../client.ts'
import { explain } from '../errors.ts'

/**
 * The proof that a truth source over a Chainlink-shaped feed needs for a past moment, for `getTruth` and `resolve`: across
 * upgrades of the feed too. Where nothing is settled yet it proves nothing, and the source answers unknown.
 * @param source a FeedTruth, or another source with its `proofOf`
 * @param targetTime the round's target time, unix time
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
