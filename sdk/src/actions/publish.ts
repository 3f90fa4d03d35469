import type { Hex } from 'viem'
import { encodeCall, following } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { batchesOf } from '../maths/batches.ts'
import type { Hints } from '../maths/learning.ts'
import { sendPrepared } from '../prepared.ts'
import type { Prepared } from '../prepared.ts'
import { findHints, openedDomain, publishedIn } from '../publication.ts'
import type { Published } from '../publication.ts'
import { getRevealed } from '../reads/getRevealed.ts'
import { revealedIn } from '../revealedIn.ts'
import type { Recorded, Revealed, RoundDomain, RoundKey } from '../types.ts'
import { unfolding } from '../unfolding.ts'

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
  const { predictions } = revealed
  const hints = params.hints ?? (await findHints(client, { topic, domain, predictions }))

  // Reveals have unfolded the first list; where there were none it is still to be done.
  const before = revealed.counts.length === 0 ? await unfolding(client, { topic, round }) : []
  return {
    data: following(before, encodePublish({ topic, round, revealed, domain, hints })),
    resultOf: (receipt) => publishedIn(client, receipt, { topic, round }),
  }
}

function withUpcoming(heard: Revealed, upcoming: readonly Recorded[]): Revealed {
  const next = revealedIn(upcoming)
  return {
    predictions: [...heard.predictions, ...next.predictions],
    workers: [...heard.workers, ...next.workers],
    counts: [...heard.counts, ...next.counts],
  }
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
