import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import type { RoundKey } from '../types.ts'
import { write } from '../write.ts'

export type CommitParams = RoundKey & {
  /** Twenty bytes each (see seal), 1 to 256 of them: the caller's own or those of many workers. */
  commitments: readonly Hex[]
}

/**
 * Seals predictions: the caller's one list of commitments for the round.
 * @throws AuspexError UnknownTopic, WrongPhase, ListLength, AlreadyCommitted
 */
export async function commit(
  client: AuspexClient,
  params: CommitParams,
): Promise<{ receipt: TransactionReceipt }> {
  return { receipt: await write(client, { to: client.network, data: encodeCommit(params) }) }
}

export function encodeCommit({ topic, round, commitments }: CommitParams): Hex {
  return encodeCall('commit', [topic, round, commitments])
}
