import { encodeFunctionData } from 'viem'
import type { TransactionReceipt } from 'viem'
import { erc20Abi } from '../abis/erc20Abi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { getToken } from '../reads/getToken.ts'
import { write } from '../contract/calls.ts'

/**
 * Lets the network take up to `amount` (token base units) from the caller.
 *
 * @example
 * ```ts
 * import { approve } from '@auspex/sdk'
 * import { parseEther } from 'viem'
 *
 * await approve(auspex, { amount: parseEther('100') })
 * ```
 */
export async function approve(
  client: AuspexClient,
  { amount }: { amount: bigint },
): Promise<{ receipt: TransactionReceipt }> {
  const data = encodeFunctionData({
    abi: erc20Abi,
    functionName: 'approve',
    args: [client.network, amount],
  })
  return { receipt: await write(client, { to: await getToken(client), data }) }
}
