import type { Address } from 'viem'
import type { AuspexClient } from '../client.ts'
import { readNetwork } from '../readNetwork.ts'

/** Where slashed money goes: an account without a key. `getClaimable` tells how much is there. */
export async function getSink(client: AuspexClient): Promise<Address> {
  return readNetwork(client, 'sink', [])
}
