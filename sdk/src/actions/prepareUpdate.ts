import { encodeFunctionData } from 'viem'
import type { Address, Hex } from 'viem'
import { pythTruthAbi } from '../abis/pythTruthAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { explain } from '../contract/errors.ts'
import type { RoundKey } from '../words/round.ts'

const pythFeeAbi = [
  {
    type: 'function',
    name: 'getUpdateFee',
    stateMutability: 'view',
    inputs: [{ name: 'updateData', type: 'bytes[]' }],
    outputs: [{ name: 'fee', type: 'uint256' }],
  },
] as const

/**
 * The transaction that records Pyth's first update at or after a round's target time in a PythTruth. It pays Pyth's fee in
 * the chain's own coin, which nothing else here does: send it with a wallet of yours.
 * @param updates as Pyth's price service serves them for the target time
 * @example
 * ```ts
 * import { prepareUpdate } from '@auspex/sdk'
 *
 * const update = { source, topic, round, updates: ['0x504e4155'] as const }
 * const { to, data, value } = await prepareUpdate(auspex, update)
 * ```
 */
export async function prepareUpdate(
  client: AuspexClient,
  { source, topic, round, updates }: RoundKey & { source: Address; updates: readonly Hex[] },
): Promise<{ to: Address; data: Hex; value: bigint }> {
  const pyth = await client.public.readContract({
    address: source,
    abi: pythTruthAbi,
    functionName: 'pyth',
  })
  const value = await client.public
    .readContract({ address: pyth, abi: pythFeeAbi, functionName: 'getUpdateFee', args: [updates] })
    .catch((error: unknown) => {
      throw explain(error)
    })
  return { to: source, data: encodeRecord({ topic, round, updates }), value }
}

export function encodeRecord({
  topic,
  round,
  updates,
}: RoundKey & { updates: readonly Hex[] }): Hex {
  return encodeFunctionData({
    abi: pythTruthAbi,
    functionName: 'record',
    args: [topic, round, updates],
  })
}
