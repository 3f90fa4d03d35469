import type { Hex } from 'viem'
import { prepareUnfold } from './actions/unfold.ts'
import type { AuspexClient } from './client.ts'
import { getRound } from './reads/getRound.ts'
import type { RoundKey } from './types.ts'

/** The call that has to go before a reveal, as long as the round's first list is folded. */
export async function unfolding(client: AuspexClient, key: RoundKey): Promise<readonly Hex[]> {
  const { status, listing } = await getRound(client, key)
  const isFolded = status === 'open' && (listing === 'sole' || listing === 'first')
  return isFolded ? [(await prepareUnfold(client, key)).data] : []
}
