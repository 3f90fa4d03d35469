import type { AuspexClient } from '../client.ts'
import { toldOf } from '../events.ts'
import { recordsIn } from '../records.ts'
import type { RevealedRecord, RoundKey } from '../types.ts'

/** All revealed predictions of a round, in the order they were revealed. */
export async function getRecords(client: AuspexClient, key: RoundKey): Promise<RevealedRecord[]> {
  const reveals = await toldOf(client, 'PredictionsRevealed', key)
  return reveals.flatMap(recordsIn)
}
