import type { TransactionReceipt } from 'viem'
import type { AuspexClient } from './client.ts'
import { refusal } from './errors.ts'
import { eventIn } from './events.ts'
import { hintsOf } from './maths/aggregation.ts'
import type { Hints } from './maths/learning.ts'
import { submissionsOf } from './predictions.ts'
import { getDomain } from './reads/getDomain.ts'
import type { Outcome, Recorded, RoundDomain, RoundKey } from './types.ts'

/** What became of a round: void where too few took part. */
export type Published =
  | { status: 'published'; outcome: Outcome; receipt: TransactionReceipt }
  | { status: 'void'; receipt: TransactionReceipt }

/** What became of a round that a transaction published. */
export function publishedIn(
  client: AuspexClient,
  receipt: TransactionReceipt,
  key: RoundKey,
): Published {
  const published = eventIn(client, receipt, 'RoundPublished', key)
  if (published === undefined) return { status: 'void', receipt }
  return { status: 'published', outcome: published.outcome, receipt }
}

/** A round in which nobody revealed has no medians and needs none: it becomes void. */
export function hintsIn({ predictions }: Pick<Recorded, 'predictions'>): Hints {
  if (predictions.length === 0) return { anchor: 0n, mad: 0n }
  return hintsOf(submissionsOf(predictions))
}

export async function openedDomain(client: AuspexClient, key: RoundKey): Promise<RoundDomain> {
  const domain = await getDomain(client, key)
  if (domain === undefined) throw refusal('WrongStatus', { actual: 0, required: 1 })
  return domain
}
