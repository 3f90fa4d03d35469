import type { AuspexClient } from '../client.ts'
import { unpack } from '../math/float.ts'
import { readNetwork } from '../readNetwork.ts'
import { roundStatuses } from '../types.ts'
import type { Round, RoundKey } from '../types.ts'

/** A round as the ring holds it; status none where it was never opened or its place was reused. */
export async function getRound(client: AuspexClient, { topic, round }: RoundKey): Promise<Round> {
  const kept = await readNetwork(client, 'roundOf', [topic, round])
  return { ...kept, peak: unpack(kept.peak), status: roundStatuses[Number(kept.status)]! }
}
