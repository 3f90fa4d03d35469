import type { AuspexClient } from '../client.ts'
import { ALL_CLOSED } from '../isFullyRevealed.ts'
import { unpack } from '../maths/float.ts'
import { readNetwork } from '../readNetwork.ts'
import { listings, roundStatuses } from '../types.ts'
import type { Round, RoundKey } from '../types.ts'

/** A round as the ring holds it; status none where it was never opened or its place was reused. */
export async function getRound(client: AuspexClient, { topic, round }: RoundKey): Promise<Round> {
  const kept = await readNetwork(client, 'roundOf', [topic, round])
  const listing = listings[Number(kept.listing)]!
  return {
    ...kept,
    peak: unpack(kept.peak),
    status: roundStatuses[Number(kept.status)]!,
    listing,
    // A round that was revealed and published at once does not write its seats again.
    closed: listing === 'heard' ? ALL_CLOSED : kept.closed,
  }
}
