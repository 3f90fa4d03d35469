import { feedTruthAbi } from '@auspex/sdk'
import type { AuspexClient } from '@auspex/sdk'
import type { Address } from 'viem'
import type { TruthAdapter } from './truthAdapter.ts'

/** The truth of a FeedTruth: its own search finds the proof. */
export function fromFeed(client: AuspexClient, { address }: { address: Address }): TruthAdapter {
  return {
    attend: async () => [],
    bring: async ({ targetTime }) => {
      const proof = await client.public.readContract({
        address,
        abi: feedTruthAbi,
        functionName: 'proofOf',
        args: [targetTime],
      })
      return { status: 'ready', proof }
    },
  }
}
