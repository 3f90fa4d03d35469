import type { AuspexClient } from '../client.ts'
import { toldOf } from '../events.ts'
import { unpackOutcome } from '../outcome.ts'
import type { Outcome, RoundKey } from '../types.ts'

/** What `publish` found; undefined where the round was not published. */
export async function getOutcome(
  client: AuspexClient,
  key: RoundKey,
): Promise<Outcome | undefined> {
  const [published] = await toldOf(client, 'RoundPublished', { ...key, most: 1 })
  return published && unpackOutcome(published.outcome)
}
