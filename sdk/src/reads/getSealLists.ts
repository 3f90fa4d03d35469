import type { Address } from 'viem'
import type { AuspexClient } from '../client.ts'
import { toldOf } from '../events.ts'
import type { LogRange } from '../events.ts'
import type { RoundKey, Seal } from '../types.ts'

/** What one committer sealed in a round; the first list of a round is the zero address's, whoever committed it. */
export type SealList = { committer: Address; seals: readonly Seal[] }

/** All lists that were committed to a round, oldest first. */
export async function getSealLists(
  client: AuspexClient,
  params: RoundKey & LogRange,
): Promise<readonly SealList[]> {
  const told = await toldOf(client, 'PredictionsCommitted', params)
  return told.map(({ committer, seals }) => ({ committer, seals }))
}
