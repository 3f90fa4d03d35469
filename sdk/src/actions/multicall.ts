import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeMulticall, write } from '../contract/calls.ts'

/**
 * Sends several calls to the network, made by the `encode...` functions, as one transaction: all of them or none.
 *
 * @example
 * ```ts
 * import { encodeActivate, encodeTakeSeat, multicall } from '@auspex/sdk'
 *
 * const calls = [encodeActivate({ topic, worker }), encodeTakeSeat({ topic, worker, seat: 3n })]
 * await multicall(auspex, { calls })
 * ```
 */
export async function multicall(
  client: AuspexClient,
  { calls, gas }: { calls: readonly Hex[]; gas?: bigint },
): Promise<{ receipt: TransactionReceipt }> {
  const transaction = { to: client.network, data: encodeMulticall({ calls }) }
  return { receipt: await write(client, gas === undefined ? transaction : { ...transaction, gas }) }
}
