import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, sendPrepared } from '../contract/calls.ts'
import type { Prepared } from '../contract/calls.ts'
import type { RoundKey } from '../words/round.ts'

/**
 * Makes a published round void whose truth did not come in time. Anyone may.
 * @throws AuspexError UnknownTopic, WrongStatus, WrongPhase
 *
 * @example
 * ```ts
 * import { voidRound } from '@auspex/sdk'
 *
 * await voidRound(auspex, { topic, round })
 * ```
 */
export async function voidRound(
  client: AuspexClient,
  params: RoundKey,
): Promise<{ receipt: TransactionReceipt }> {
  return sendPrepared(client, prepareVoidRound(params))
}

export function prepareVoidRound(params: RoundKey): Prepared<{ receipt: TransactionReceipt }> {
  return { data: encodeVoidRound(params), resultOf: (receipt) => ({ receipt }) }
}

export function encodeVoidRound({ topic, round }: RoundKey): Hex {
  return encodeCall('voidRound', [topic, round])
}
