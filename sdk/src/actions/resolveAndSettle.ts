import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, sendPrepared } from '../contract/calls.ts'
import type { Prepared } from '../contract/calls.ts'
import { eventIn } from '../contract/logs.ts'
import { getRevealed, requiredOutcome } from '../reads/getRound.ts'
import { packOutcome } from '../words/outcome.ts'
import type { Outcome, Resolution } from '../words/outcome.ts'
import type { Revealed } from '../words/prediction.ts'
import type { RoundKey } from '../words/round.ts'

export type ResolveAndSettleParams = RoundKey & {
  /** As `publish` returned it; read from the chain if omitted. */
  outcome?: Outcome
  /** All that was revealed in the round; read from the chain if omitted. */
  revealed?: Revealed
  /** What the truth source needs to find the answer; empty if it needs nothing. */
  proof?: Hex
}

export type ResolvedAndSettled =
  | {
      status: 'settled'
      /** Undefined if the round was resolved before. */
      resolution: Resolution | undefined
      tip: bigint
      poolChange: bigint
      receipt: TransactionReceipt
    }
  /** `done`: the round was settled before; nothing happened. */
  | { status: 'void' | 'done'; receipt: TransactionReceipt }

/**
 * `resolve` and `settle` in one transaction, both or neither. Nothing of the truth need be known beforehand; void if
 * the truth source says so.
 * @throws AuspexError as `resolve` and `settle`
 *
 * @example
 * ```ts
 * import { resolveAndSettle } from '@auspex/sdk'
 *
 * const settled = await resolveAndSettle(auspex, { topic, round, proof })
 * if (settled.status === 'settled') console.log(settled.tip, settled.poolChange)
 * ```
 */
export async function resolveAndSettle(
  client: AuspexClient,
  params: ResolveAndSettleParams,
): Promise<ResolvedAndSettled> {
  return sendPrepared(client, await prepareResolveAndSettle(client, params))
}

export async function prepareResolveAndSettle(
  client: AuspexClient,
  params: ResolveAndSettleParams,
): Promise<Prepared<ResolvedAndSettled>> {
  const outcome = params.outcome ?? (await requiredOutcome(client, params))
  const revealed = params.revealed ?? (await getRevealed(client, params))
  return {
    data: encodeResolveAndSettle({ ...params, outcome, revealed }),
    resultOf: (receipt) => {
      const resolved = eventIn(client, receipt, 'RoundResolved', params)
      const settled = eventIn(client, receipt, 'RoundSettled', params)
      if (settled !== undefined) {
        const { tip, poolChange } = settled
        return { status: 'settled', resolution: resolved?.resolution, tip, poolChange, receipt }
      }
      const voided = eventIn(client, receipt, 'RoundVoided', params)
      return { status: voided === undefined ? 'done' : 'void', receipt }
    },
  }
}

export function encodeResolveAndSettle({
  topic,
  round,
  outcome,
  revealed,
  proof = '0x',
}: ResolveAndSettleParams & { outcome: Outcome; revealed: Revealed }): Hex {
  return encodeCall('resolveAndSettle', [topic, round, packOutcome(outcome), proof, revealed])
}
