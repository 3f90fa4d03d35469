import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { toldIn } from '../events.ts'
import { getRecords } from '../reads/getRecords.ts'
import { requiredOutcome, requiredResolution } from '../required.ts'
import type { Outcome, Resolution, RevealedRecord, RoundKey } from '../types.ts'
import { write } from '../write.ts'

export type SettleParams = RoundKey & {
  /** As `publish` told; read from the chain where not given. */
  outcome?: Outcome
  /** As `resolve` told; read from the chain where not given. */
  resolution?: Resolution
  /** All of the round, in the order they were revealed; read from the chain where not given. */
  records?: readonly RevealedRecord[]
}

/** `tip` goes half to the publisher and half to the caller, `dust` back to the pool; token base units. */
export type Settled = { tip: bigint; dust: bigint; receipt: TransactionReceipt }

/**
 * Moves stake from the inaccurate to the accurate, shares the rewards, updates every worker's skill. Anyone may, once.
 * @throws AuspexError UnknownTopic, WrongStatus, WrongOutcome, WrongRecords
 */
export async function settle(client: AuspexClient, params: SettleParams): Promise<Settled> {
  const { topic, round } = params
  const outcome = params.outcome ?? (await requiredOutcome(client, params))
  const resolution = params.resolution ?? (await requiredResolution(client, params))
  const records = params.records ?? (await getRecords(client, params))

  const data = encodeSettle({ topic, round, outcome, resolution, records })
  const receipt = await write(client, { to: client.network, data })
  const { tip, dust } = toldIn(client, receipt, 'RoundSettled')
  return { tip, dust, receipt }
}

export function encodeSettle({
  topic,
  round,
  outcome,
  resolution,
  records,
}: Required<SettleParams>): Hex {
  return encodeCall('settle', [topic, round, outcome, resolution, records])
}
