import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, sendPrepared } from '../contract/calls.ts'
import type { Prepared } from '../contract/calls.ts'
import { eventIn } from '../contract/logs.ts'
import { requiredOutcome } from '../reads/getRound.ts'
import { packOutcome } from '../words/outcome.ts'
import type { Outcome, Resolution } from '../words/outcome.ts'
import type { RoundKey } from '../words/round.ts'

export type ResolveParams = RoundKey & {
  /** As `publish` returned it; read from the chain if omitted. */
  outcome?: Outcome
  /** What the truth source needs to find the answer; empty if it needs nothing. */
  proof?: Hex
}

export type Resolved =
  | { status: 'resolved'; resolution: Resolution; receipt: TransactionReceipt }
  /** `done`: the round was resolved before; nothing happened. */
  | { status: 'void' | 'done'; receipt: TransactionReceipt }

/**
 * Asks the truth source what happened and updates the weighting rule; the round becomes void if the source answers void. Anyone may, once.
 * @throws AuspexError UnknownTopic, WrongStatus, WrongPhase, WrongOutcome, TruthUnknown, or the truth source's own
 *
 * @example
 * ```ts
 * import { getFeedProof, getTopic, resolve } from '@auspex/sdk'
 *
 * const { truth: source } = await getTopic(auspex, { topic })
 * const proof = await getFeedProof(auspex, { source, targetTime })
 * const resolved = await resolve(auspex, { topic, round, proof })
 * if (resolved.status === 'resolved') console.log(resolved.resolution.truth)
 * ```
 */
export async function resolve(client: AuspexClient, params: ResolveParams): Promise<Resolved> {
  return sendPrepared(client, await prepareResolve(client, params))
}

export async function prepareResolve(
  client: AuspexClient,
  params: ResolveParams,
): Promise<Prepared<Resolved>> {
  const outcome = params.outcome ?? (await requiredOutcome(client, params))
  return {
    data: encodeResolve({ ...params, outcome }),
    resultOf: (receipt) => {
      const resolved = eventIn(client, receipt, 'RoundResolved', params)
      if (resolved !== undefined) {
        return { status: 'resolved', resolution: resolved.resolution, receipt }
      }
      const voided = eventIn(client, receipt, 'RoundVoided', params)
      return { status: voided === undefined ? 'done' : 'void', receipt }
    },
  }
}

export function encodeResolve({
  topic,
  round,
  outcome,
  proof = '0x',
}: ResolveParams & { outcome: Outcome }): Hex {
  return encodeCall('resolve', [topic, round, packOutcome(outcome), proof])
}
