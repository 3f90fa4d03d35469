import type { Address } from 'viem'
import type { AuspexClient } from '../client.ts'
import { readNetwork } from '../readNetwork.ts'

/** Keeper tips and bounties an account can claim, token base units. */
export async function getClaimable(
  client: AuspexClient,
  { account }: { account: Address },
): Promise<bigint> {
  return readNetwork(client, 'claimableOf', [account])
}
