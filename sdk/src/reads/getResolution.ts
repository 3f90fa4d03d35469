import type { AuspexClient } from '../client.ts'
import { toldOf } from '../events.ts'
import type { Resolution, RoundKey } from '../types.ts'

/** What `resolve` found; undefined where the round was not resolved. */
export async function getResolution(
  client: AuspexClient,
  key: RoundKey,
): Promise<Resolution | undefined> {
  const [resolved] = await toldOf(client, 'RoundResolved', { ...key, most: 1 })
  return resolved?.resolution
}
