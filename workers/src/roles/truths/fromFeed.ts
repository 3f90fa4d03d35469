import { truthStatuses } from '@auspex/sdk'
import { feedTruthAbi, truthSourceAbi } from '@auspex/sdk/abis'
import type { AuspexClient } from '@auspex/sdk'
import type { Address } from 'viem'
import type { TruthAdapter } from './truthAdapter.ts'

/** The truth of a FeedTruth: its own search finds the proof. */
export function fromFeed(client: AuspexClient, { address }: { address: Address }): TruthAdapter {
  return {
    attend: async () => [],
    bring: async ({ topic, round, targetTime }) => {
      const proof = await client.public.readContract({
        address,
        abi: feedTruthAbi,
        functionName: 'proofOf',
        args: [targetTime],
      })
      const [status] = await client.public.readContract({
        address,
        abi: truthSourceAbi,
        functionName: 'truthOf',
        args: [topic, round, targetTime, proof],
        blockTag: 'pending',
      })
      if (truthStatuses[status] === 'unknown') return { status: 'waiting', reason: 'TruthUnknown' }
      return { status: 'ready', proof }
    },
  }
}
