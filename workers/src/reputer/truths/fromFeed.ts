import { getFeedProof, getTruth } from '@auspex/sdk'
import type { AuspexClient, Topic } from '@auspex/sdk'
import { getTopic } from '@auspex/sdk'
import type { Address } from 'viem'
import type { TruthAdapter } from '../reputerTurn.ts'

/** The truth of a FeedTruth: its own search finds the proof, across upgrades of the feed too. */
export function fromFeed(client: AuspexClient, { address }: { address: Address }): TruthAdapter {
  let state: Topic | undefined
  return {
    attend: async () => [],
    bring: async ({ topic, round, targetTime }) => {
      state ??= await getTopic(client, { topic })
      const proof = await getFeedProof(client, { source: address, targetTime })
      const { status } = await getTruth(client, { topic, round, proof, state })
      if (status === 'unknown') return { status: 'waiting', reason: 'TruthUnknown' }
      return { status: 'ready', proof }
    },
  }
}
