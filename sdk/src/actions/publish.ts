import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { refusal } from '../errors.ts'
import { eventIn } from '../events.ts'
import { hintsOf } from '../math/aggregation.ts'
import { batchesOf } from '../math/batches.ts'
import type { Hints } from '../math/learning.ts'
import { submissionsOf } from '../predictions.ts'
import { sendPrepared } from '../prepared.ts'
import type { Prepared } from '../prepared.ts'
import { getDomain } from '../reads/getDomain.ts'
import { getRevealed } from '../reads/getRevealed.ts'
import { revealedIn } from '../revealedIn.ts'
import type { Outcome, Recorded, Revealed, RoundDomain, RoundKey } from '../types.ts'

export type PublishParams = RoundKey & {
  /** All that was revealed in the round; read from the chain where not given. */
  revealed?: Revealed
  /**
   * What reveals record that go out before it in the same transaction (see predictionsOf): so a round is published as
   * soon as all that was committed is revealed.
   */
  upcoming?: readonly Recorded[]
  /** What the round opened with; read from the chain where not given. */
  domain?: RoundDomain
  /** Computed from the predictions where not given. */
  hints?: Hints
}

export type Published =
  | { status: 'published'; outcome: Outcome; receipt: TransactionReceipt }
  | { status: 'void'; receipt: TransactionReceipt }

/**
 * Combines the revealed predictions and puts the aggregate on the feed. A round with too few workers or wagers becomes
 * void. Anyone may, once: when the reveals are over, or as soon as all that was committed is revealed (isFullyRevealed).
 * @throws AuspexError UnknownTopic, WrongStatus, WrongPhase, WrongBatches, WrongMedian, WrongDeviation
 */
export async function publish(client: AuspexClient, params: PublishParams): Promise<Published> {
  return sendPrepared(client, await preparePublish(client, params))
}

export async function preparePublish(
  client: AuspexClient,
  params: PublishParams,
): Promise<Prepared<Published>> {
  const { topic, round } = params
  const heard = params.revealed ?? (await getRevealed(client, params))
  const revealed = withUpcoming(heard, params.upcoming ?? [])
  const domain = params.domain ?? (await openedDomain(client, params))
  const hints = params.hints ?? hintsIn(revealed)

  return {
    data: encodePublish({ topic, round, revealed, domain, hints }),
    resultOf: (receipt) => {
      const published = eventIn(client, receipt, 'RoundPublished', { topic, round })
      if (published === undefined) return { status: 'void', receipt }
      return { status: 'published', outcome: published.outcome, receipt }
    },
  }
}

/** A round in which nobody revealed has no medians and needs none: it becomes void. */
function hintsIn({ predictions }: Revealed): Hints {
  if (predictions.length === 0) return { anchor: 0n, mad: 0n }
  return hintsOf(submissionsOf(predictions))
}

function withUpcoming(heard: Revealed, upcoming: readonly Recorded[]): Revealed {
  const next = revealedIn(upcoming)
  return {
    predictions: [...heard.predictions, ...next.predictions],
    workers: [...heard.workers, ...next.workers],
    counts: [...heard.counts, ...next.counts],
  }
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
  revealed,
  hints,
}: Required<Omit<PublishParams, 'upcoming'>>): Hex {
  const { center, sigma } = domain
  const { predictions } = revealed
  const batches = batchesOf(revealed)
  return encodeCall('publish', [topic, round, center, sigma, predictions, batches, hints])
}
