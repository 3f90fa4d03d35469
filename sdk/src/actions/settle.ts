import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, sendPrepared } from '../contract/calls.ts'
import type { Prepared } from '../contract/calls.ts'
import { eventIn } from '../contract/logs.ts'
import { getRevealed, requiredOutcome, requiredResolution } from '../reads/getRound.ts'
import { packOutcome } from '../words/outcome.ts'
import type { Outcome, Resolution } from '../words/outcome.ts'
import type { Revealed } from '../words/prediction.ts'
import type { RoundKey } from '../words/round.ts'

export type SettleParams = RoundKey & {
  /** As `publish` returned it; read from the chain if omitted. */
  outcome?: Outcome
  /** As `resolve` returned it; read from the chain if omitted. */
  resolution?: Resolution
  /** All that was revealed in the round; read from the chain if omitted. */
  revealed?: Revealed
}

/**
 * `tip` goes half to the publisher and half to the caller; `poolChange` is what the round won the pool, below zero where it
 * cost it: game, pay for taking part and tip together. Token base units, zero where somebody settled the
 * round before.
 */
export type Settled = { tip: bigint; poolChange: bigint; receipt: TransactionReceipt }

/**
 * Moves stake from the inaccurate to the accurate, the pool with it, and updates every worker's record. Anyone may, once.
 * @throws AuspexError UnknownTopic, WrongStatus, WrongOutcome, WrongBatches
 *
 * @example
 * ```ts
 * import { settle } from '@auspex/sdk'
 *
 * const settled = await settle(auspex, { topic, round })
 * ```
 */
export async function settle(client: AuspexClient, params: SettleParams): Promise<Settled> {
  return sendPrepared(client, await prepareSettle(client, params))
}

export async function prepareSettle(
  client: AuspexClient,
  params: SettleParams,
): Promise<Prepared<Settled>> {
  const { topic, round } = params
  const outcome = params.outcome ?? (await requiredOutcome(client, params))
  const resolution = params.resolution ?? (await requiredResolution(client, params))
  const revealed = params.revealed ?? (await getRevealed(client, params))

  return {
    data: encodeSettle({ topic, round, outcome, resolution, revealed }),
    resultOf: (receipt) => {
      const settled = eventIn(client, receipt, 'RoundSettled', { topic, round })
      const { tip, poolChange } = settled ?? { tip: 0n, poolChange: 0n }
      return { tip, poolChange, receipt }
    },
  }
}

export function encodeSettle({
  topic,
  round,
  outcome,
  resolution,
  revealed,
}: Required<SettleParams>): Hex {
  return encodeCall('settle', [topic, round, packOutcome(outcome), resolution, revealed])
}
