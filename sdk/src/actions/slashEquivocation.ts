import type { Address, Hex } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, sendPrepared } from '../contract/calls.ts'
import type { Prepared } from '../contract/calls.ts'
import { eventIn } from '../contract/logs.ts'
import type { RoundKey } from '../words/round.ts'
import type { SignedCommitment } from '../maths/commitments.ts'
import type { Slashed } from './slashWithheld.ts'

export type SlashEquivocationParams = RoundKey & {
  worker: Address
  /** Two different commitments of the round, both signed by the worker. */
  signed: readonly [Required<SignedCommitment>, Required<SignedCommitment>]
}

/**
 * Slashes a worker that signed two commitments of one round. Anyone may, once a worker and round, from the end of the
 * reveals until the truth deadline, where the round was opened and has its place in the ring still.
 * @throws AuspexError UnknownTopic, WrongPhase, WrongStatus, NotEquivocal, BadSignature, NotSeated
 *
 * @example
 * ```ts
 * import { slashEquivocation } from '@auspex/sdk'
 *
 * const { bounty } = await slashEquivocation(auspex, { topic, round, worker, signed: [one, other] })
 * ```
 */
export async function slashEquivocation(
  client: AuspexClient,
  params: SlashEquivocationParams,
): Promise<Slashed> {
  return sendPrepared(client, prepareSlashEquivocation(client, params))
}

export function prepareSlashEquivocation(
  client: AuspexClient,
  params: SlashEquivocationParams,
): Prepared<Slashed> {
  const { topic, round, worker } = params
  return {
    data: encodeSlashEquivocation(params),
    resultOf: (receipt) => {
      const slashed = eventIn(client, receipt, 'Slashed', { topic, round, worker })
      const { amount, bounty } = slashed ?? { amount: 0n, bounty: 0n }
      return { amount, bounty, receipt }
    },
  }
}

export function encodeSlashEquivocation({
  topic,
  round,
  worker,
  signed,
}: SlashEquivocationParams): Hex {
  return encodeCall('slashEquivocation', [topic, round, worker, ...signed])
}
