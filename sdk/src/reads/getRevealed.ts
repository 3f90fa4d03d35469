import type { AuspexClient } from '../client.ts'
import { toldOf } from '../events.ts'
import { revealedIn } from '../revealedIn.ts'
import type { Revealed, RoundKey } from '../types.ts'

/** All that was revealed in a round, in the order of the reveals. */
export async function getRevealed(client: AuspexClient, key: RoundKey): Promise<Revealed> {
  return revealedIn(await toldOf(client, 'PredictionsRevealed', key))
}
