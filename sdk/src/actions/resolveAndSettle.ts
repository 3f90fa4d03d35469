import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { eventIn, toldIn } from '../events.ts'
import { getRecords } from '../reads/getRecords.ts'
import { requiredOutcome } from '../required.ts'
import type { Outcome, Resolution, RevealedRecord, RoundKey } from '../types.ts'
import { write } from '../write.ts'

export type ResolveAndSettleParams = RoundKey & {
  /** As `publish` told; read from the chain where not given. */
  outcome?: Outcome
  /** All of the round, in the order they were revealed; read from the chain where not given. */
  records?: readonly RevealedRecord[]
  /** What the truth source needs to find the answer; empty where it needs nothing. */
  proof?: Hex
}

export type ResolvedAndSettled =
  | {
      status: 'settled'
      resolution: Resolution
      tip: bigint
      dust: bigint
      receipt: TransactionReceipt
    }
  | { status: 'void'; receipt: TransactionReceipt }

/**
 * `resolve` and `settle` in one transaction, both or neither. Nothing of the truth need be known beforehand; void if
 * the truth source says so.
 * @throws AuspexError as `resolve` and `settle`
 */
export async function resolveAndSettle(
  client: AuspexClient,
  params: ResolveAndSettleParams,
): Promise<ResolvedAndSettled> {
  const outcome = params.outcome ?? (await requiredOutcome(client, params))
  const records = params.records ?? (await getRecords(client, params))
  const data = encodeResolveAndSettle({ ...params, outcome, records })
  const receipt = await write(client, { to: client.network, data })
  const resolved = eventIn(client, receipt, 'RoundResolved')
  if (resolved === undefined) return { status: 'void', receipt }

  const { tip, dust } = toldIn(client, receipt, 'RoundSettled')
  return { status: 'settled', resolution: resolved.resolution, tip, dust, receipt }
}

export function encodeResolveAndSettle({
  topic,
  round,
  outcome,
  records,
  proof = '0x',
}: ResolveAndSettleParams & { outcome: Outcome; records: readonly RevealedRecord[] }): Hex {
  return encodeCall('resolveAndSettle', [topic, round, outcome, proof, records])
}
