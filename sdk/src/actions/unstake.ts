import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, write } from '../contract/calls.ts'
import { requireEvent } from '../contract/logs.ts'
import type { WorkerKey } from '../words/position.ts'

export type UnstakeParams = WorkerKey & {
  /** Token base units. */
  amount: bigint
}

/**
 * Asks stake back. It stops backing wagers at once and can leave from `leavesAt` (unix time) on, when the rounds that are
 * open now are final. An owner that asks back more than a third of what stays, or leaves less than the least stake, gives up its
 * seat. Only the position's owner may.
 * @throws AuspexError UnknownTopic, NotOwner, ZeroAmount, InsufficientStake
 *
 * @example
 * ```ts
 * import { unstake } from '@auspex/sdk'
 * import { parseEther } from 'viem'
 *
 * const { leavesAt } = await unstake(auspex, { topic, worker, amount: parseEther('500') })
 * ```
 */
export async function unstake(
  client: AuspexClient,
  params: UnstakeParams,
): Promise<{ leavesAt: bigint; receipt: TransactionReceipt }> {
  const receipt = await write(client, { to: client.network, data: encodeUnstake(params) })
  return { leavesAt: requireEvent(client, receipt, 'Unstaked').leavesAt, receipt }
}

export function encodeUnstake({ topic, worker, amount }: UnstakeParams): Hex {
  return encodeCall('unstake', [topic, worker, amount])
}
