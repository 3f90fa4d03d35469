import type { Address } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { readNetwork } from '../contract/calls.ts'
import { erc20Abi } from '../abis/erc20Abi.ts'

/**
 * The token all money of the network is in. Costs no call where the client was given it.
 *
 * @example
 * ```ts
 * import { getToken } from '@auspex/sdk'
 *
 * const token = await getToken(auspex)
 * ```
 */
export async function getToken(client: AuspexClient): Promise<Address> {
  return client.token ?? readNetwork(client, 'token', [])
}

/**
 * Where slashed money goes: an account without a key. `getClaimable` reads how much is there.
 *
 * @example
 * ```ts
 * import { getSink } from '@auspex/sdk'
 *
 * const sink = await getSink(auspex)
 * ```
 */
export async function getSink(client: AuspexClient): Promise<Address> {
  return readNetwork(client, 'sink', [])
}

/**
 * How much the network may take of an account's tokens, base units.
 *
 * @example
 * ```ts
 * import { getAllowance } from '@auspex/sdk'
 *
 * const allowance = await getAllowance(auspex, { account })
 * ```
 */
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

/**
 * Keeper tips and bounties an account can claim, token base units.
 *
 * @example
 * ```ts
 * import { claim, getClaimable } from '@auspex/sdk'
 *
 * if ((await getClaimable(auspex, { account })) > 0n) await claim(auspex)
 * ```
 */
export async function getClaimable(
  client: AuspexClient,
  { account }: { account: Address },
): Promise<bigint> {
  return readNetwork(client, 'claimableOf', [account])
}
