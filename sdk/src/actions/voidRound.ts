import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { sendPrepared } from '../prepared.ts'
import type { Prepared } from '../prepared.ts'
import { requiredOutcome } from '../required.ts'
import type { Outcome, RoundKey } from '../types.ts'

export type VoidRoundParams = RoundKey & {
  /** As `publish` told; read from the chain where not given. */
  outcome?: Outcome
}

/**
 * Makes a published round void whose truth did not come in time; its rewards go back to the pool. Anyone may.
 * @throws AuspexError UnknownTopic, WrongStatus, WrongPhase, WrongOutcome
 */
export async function voidRound(
  client: AuspexClient,
  params: VoidRoundParams,
): Promise<{ receipt: TransactionReceipt }> {
  return sendPrepared(client, await prepareVoidRound(client, params))
}

export async function prepareVoidRound(
  client: AuspexClient,
  { topic, round, outcome }: VoidRoundParams,
): Promise<Prepared<{ receipt: TransactionReceipt }>> {
  const told = outcome ?? (await requiredOutcome(client, { topic, round }))
  return {
    data: encodeVoidRound({ topic, round, outcome: told }),
    resultOf: (receipt) => ({ receipt }),
  }
}

export function encodeVoidRound({ topic, round, outcome }: Required<VoidRoundParams>): Hex {
  return encodeCall('voidRound', [topic, round, outcome])
}
