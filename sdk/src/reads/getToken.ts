import type { Address } from 'viem'
import type { AuspexClient } from '../client.ts'
import { readNetwork } from '../readNetwork.ts'

/** The token all money of the network is in. Costs no call where the client was given it. */
export async function getToken(client: AuspexClient): Promise<Address> {
  return client.token ?? readNetwork(client, 'token', [])
}
