import type { Address, Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, sendPrepared } from '../contract/calls.ts'
import type { Prepared } from '../contract/calls.ts'
import { eventIn } from '../contract/logs.ts'
import type { RoundKey } from '../words/round.ts'

export type SlashWithheldParams = RoundKey & { worker: Address }

/** `amount` is what the worker lost, `bounty` what of it the caller can claim; token base units, zero if it was slashed before. */
export type Slashed = { amount: bigint; bounty: bigint; receipt: TransactionReceipt }

/**
 * Slashes a worker that committed and did not reveal: the network knows both, so no proof is needed. Anyone may, once a
 * worker and round, from the end of the reveals until the truth deadline, whatever became of the round.
 * @throws AuspexError UnknownTopic, WrongPhase, WrongStatus, Outage, NotSeated, NotWithheld
 *
 * @example
 * ```ts
 * import { slashWithheld } from '@auspex/sdk'
 *
 * const { amount, bounty } = await slashWithheld(auspex, { topic, round, worker })
 * ```
 */
export async function slashWithheld(
  client: AuspexClient,
  params: SlashWithheldParams,
): Promise<Slashed> {
  return sendPrepared(client, prepareSlashWithheld(client, params))
}

export function prepareSlashWithheld(
  client: AuspexClient,
  { topic, round, worker }: SlashWithheldParams,
): Prepared<Slashed> {
  return {
    data: encodeSlashWithheld({ topic, round, worker }),
    resultOf: (receipt) => {
      const slashed = eventIn(client, receipt, 'Slashed', { topic, round, worker })
      const { amount, bounty } = slashed ?? { amount: 0n, bounty: 0n }
      return { amount, bounty, receipt }
    },
  }
}

export function encodeSlashWithheld({ topic, round, worker }: SlashWithheldParams): Hex {
  return encodeCall('slashWithheld', [topic, round, worker])
}
