import type { Address } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { readNetwork } from '../contract/read.ts'
import { erc20Abi } from '../abis/erc20Abi.ts'

/** The token all money of the network is in. Costs no call where the client was given it. */
export async function getToken(client: AuspexClient): Promise<Address> {
  return client.token ?? readNetwork(client, 'token', [])
}

/** Where slashed money goes: an account without a key. `getClaimable` tells how much is there. */
export async function getSink(client: AuspexClient): Promise<Address> {
  return readNetwork(client, 'sink', [])
}

/** How much the network may take of an account's tokens, base units. */
export async function getAllowance(
  client: AuspexClient,
  { account }: { account: Address },
): Promise<bigint> {
  return client.public.readContract({
    address: await getToken(client),
    abi: erc20Abi,
    functionName: 'allowance',
    args: [account, client.network],
  })
}

/** Keeper tips and bounties an account can claim, token base units. */
export async function getClaimable(
  client: AuspexClient,
  { account }: { account: Address },
): Promise<bigint> {
  return readNetwork(client, 'claimableOf', [account])
}
