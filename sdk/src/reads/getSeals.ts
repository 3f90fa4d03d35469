import type { Address } from 'viem'
import type { AuspexClient } from '../client.ts'
import { toldOf } from '../events.ts'
import type { LogRange } from '../events.ts'
import type { RoundKey, Seal } from '../types.ts'

/**
 * The list a committer sealed in a round; undefined where it committed none. With it a worker that was left out reveals
 * alone.
 */
export async function getSeals(
  client: AuspexClient,
  params: RoundKey & LogRange & { committer: Address },
): Promise<readonly Seal[] | undefined> {
  const [told] = await toldOf(client, 'PredictionsCommitted', { ...params, most: 1 })
  return told?.seals
}
