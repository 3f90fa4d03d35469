import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { refusal } from '../errors.ts'
import { eventIn } from '../events.ts'
import { hintsOf } from '../math/aggregation.ts'
import type { Hints } from '../math/learning.ts'
import { submissionsOf } from '../records.ts'
import { getDomain } from '../reads/getDomain.ts'
import { getRecords } from '../reads/getRecords.ts'
import type { Outcome, RevealedRecord, RoundDomain, RoundKey } from '../types.ts'
import { write } from '../write.ts'

export type PublishParams = RoundKey & {
  /** All of the round, in the order they were revealed; read from the chain where not given. */
  records?: readonly RevealedRecord[]
  /** What the round opened with; read from the chain where not given. */
  domain?: RoundDomain
  /** Computed from the records where not given. */
  hints?: Hints
}

export type Published =
  | { status: 'published'; outcome: Outcome; receipt: TransactionReceipt }
  | { status: 'void'; receipt: TransactionReceipt }

/**
 * Combines the revealed predictions and puts the aggregate on the feed. A round with too few workers or wagers becomes
 * void. Anyone may, once.
 * @throws AuspexError UnknownTopic, WrongStatus, WrongPhase, WrongRecords, WrongMedian, WrongDeviation
 */
export async function publish(client: AuspexClient, params: PublishParams): Promise<Published> {
  const { topic, round } = params
  const records = params.records ?? (await getRecords(client, params))
  const domain = params.domain ?? (await openedDomain(client, params))
  const hints = params.hints ?? hintsOf(submissionsOf(records))

  const data = encodePublish({ topic, round, records, domain, hints })
  const receipt = await write(client, { to: client.network, data })
  const published = eventIn(client, receipt, 'RoundPublished')
  if (published === undefined) return { status: 'void', receipt }
  return { status: 'published', outcome: published.outcome, receipt }
}

async function openedDomain(client: AuspexClient, key: RoundKey): Promise<RoundDomain> {
  const domain = await getDomain(client, key)
  if (domain === undefined) throw refusal('WrongStatus', { actual: 0, required: 1 })
  return domain
}

export function encodePublish({
  topic,
  round,
  domain,
  records,
  hints,
}: Required<PublishParams>): Hex {
  return encodeCall('publish', [topic, round, domain.center, domain.sigma, records, hints])
}
