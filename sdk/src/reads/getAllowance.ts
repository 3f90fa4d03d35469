import type { Address } from 'viem'
import { erc20Abi } from '../abis/erc20Abi.ts'
import type { AuspexClient } from '../client.ts'
import { getToken } from './getToken.ts'

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
