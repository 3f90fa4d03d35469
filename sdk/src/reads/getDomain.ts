import type { AuspexClient } from '../client.ts'
import { toldOf } from '../events.ts'
import type { RoundDomain, RoundKey } from '../types.ts'

/** The domain that was frozen when a round opened; undefined where it was not opened. */
export async function getDomain(
  client: AuspexClient,
  key: RoundKey,
): Promise<RoundDomain | undefined> {
  const [opened] = await toldOf(client, 'RoundOpened', { ...key, most: 1 })
  return opened && { center: opened.center, sigma: opened.sigma }
}
