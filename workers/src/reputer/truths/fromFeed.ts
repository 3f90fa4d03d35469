import { getTruthProof, getTruth } from '@auspex/sdk'
import type { AuspexClient, Topic } from '@auspex/sdk'
import { getTopic } from '@auspex/sdk'
import type { Address } from 'viem'
import type { TruthAdapter } from '../reputerTurn.ts'

/** The truth of a source that needs a proof or nothing: a feed of any kind, a pool, the chain itself. */
export function fromFeed(client: AuspexClient, { address }: { address: Address }): TruthAdapter {
  let state: Topic | undefined
  return {
    bring: async ({ topic, round, targetTime }) => {
      state ??= await getTopic(client, { topic })
      const proof = await getTruthProof(client, { source: address, targetTime })
      const { status } = await getTruth(client, { topic, round, proof, state })
      if (status === 'unknown') return { status: 'waiting', reason: 'TruthUnknown' }
      return { status: 'ready', proof }
    },
  }
}
