import type { Hex, TransactionReceipt } from 'viem'
import { encodeCall, following } from '../contract/encode.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { batchesOf } from '../maths/batches.ts'
import type { Hints, Learning, Range } from '../maths/learning.ts'
import { sendPrepared } from '../contract/write.ts'
import type { Prepared } from '../contract/write.ts'
import { getRevealed, getDomain } from '../reads/getRound.ts'
import { revealedIn, isOf, submissionsOf, unpackPrediction } from '../words/prediction.ts'
import type { Recorded, Revealed } from '../words/prediction.ts'
import type { RoundDomain, RoundKey } from '../words/round.ts'
import { unfolding } from './unfold.ts'
import { refusal } from '../contract/errors.ts'
import { eventIn } from '../contract/events.ts'
import { learningOf } from '../words/topic.ts'
import type { Topic, TopicId } from '../words/topic.ts'
import { hintsOf, rangeOf } from '../maths/aggregation.ts'
import { domainOf, restarts } from '../maths/scoring.ts'
import { budgetBehind } from '../maths/settlement.ts'
import { ERA_MAX } from '../maths/storage.ts'
import { unpackOutcome } from '../words/outcome.ts'
import type { Outcome } from '../words/outcome.ts'
import { getTopic } from '../reads/getTopic.ts'

export type PublishParams = RoundKey & {
  /** All that was revealed in the round; read from the chain if omitted. */
  revealed?: Revealed
  /**
   * What reveals record that go out before it in the same transaction (see predictionsOf): so a round is published as
   * soon as all that was committed is revealed.
   */
  upcoming?: readonly Recorded[]
  /** What the round opened with; read from the chain if omitted. */
  domain?: RoundDomain
  /** Computed from the predictions if omitted. */
  hints?: Hints
}

/**
 * Combines the revealed predictions and puts the aggregate on the feed. A round with too few workers or wagers becomes
 * void. Anyone may, once: when the reveals are over, or as soon as all that was committed is revealed (isFullyRevealed).
 * @throws AuspexError UnknownTopic, WrongStatus, WrongPhase, WrongBatches, WrongMedian, WrongDeviation
 *
 * @example
 * ```ts
 * import { publish } from '@auspex/sdk'
 *
 * const published = await publish(auspex, { topic, round })
 * if (published.status === 'published') console.log(published.outcome.value)
 * ```
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

/** What became of a round: void where too few took part. */
export type Published =
  | { status: 'published'; outcome: Outcome; receipt: TransactionReceipt }
  /** `done`: the round was published before; nothing happened. */
  | { status: 'void' | 'done'; receipt: TransactionReceipt }

/** What became of a round that a transaction published. */
export function publishedIn(
  client: AuspexClient,
  receipt: TransactionReceipt,
  key: RoundKey,
): Published {
  const published = eventIn(client, receipt, 'RoundPublished', key)
  if (published !== undefined) {
    return { status: 'published', outcome: unpackOutcome(published.outcome), receipt }
  }
  const voided = eventIn(client, receipt, 'RoundVoided', key)
  return { status: voided === undefined ? 'done' : 'void', receipt }
}

/**
 * Finds the medians of a round's values as its topic will clamp them. A round in which nobody revealed has none and needs
 * none: it becomes void.
 */
export async function findHints(
  client: AuspexClient,
  {
    topic,
    domain,
    predictions,
  }: { topic: TopicId; domain: RoundDomain } & Pick<Recorded, 'predictions'>,
): Promise<Hints> {
  if (predictions.length === 0) return { anchor: 0n, mad: 0n }
  const state = await getTopic(client, { topic })
  return hintsOf(submissionsOf(predictions, state.era), rangeIn(state, predictions, domain))
}

/** Where the values of a round will be clamped as it is published now. */
export function rangeIn(topic: Topic, predictions: readonly bigint[], domain: RoundDomain): Range {
  const { low, width } = domainOf(
    topic.domain,
    topic.domainScale,
    domain.center,
    domain.sigma,
    topic.min,
    topic.max,
  )
  return rangeOf(
    { low: topic.min, high: topic.max },
    { low, high: low + width },
    predictions.length,
    learningFor(topic, predictions),
  )
}

/** What the topic knows as these predictions are published: nothing, where they start it anew. */
function learningFor(topic: Topic, predictions: readonly bigint[]): Learning {
  const learning = learningOf(topic)
  return isRestartedBy(topic, predictions) ? { ...learning, rounds: 0n, anchorError: 0n } : learning
}

/** Whether a round with this money starts its topic anew (see TopicState.sol). */
export function isRestartedBy(topic: Topic, predictions: readonly bigint[]): boolean {
  const money = predictions.map(unpackPrediction).map((each) => ({
    budget: budgetBehind(each.wager, each.confidence),
    isSeasoned: each.seasoned && isOf(each, topic.era),
  }))
  const budgets = money.reduce((sum, { budget }) => sum + budget, 0n)
  const seasoned = money.reduce(
    (sum, { budget, isSeasoned }) => (isSeasoned ? sum + budget : sum),
    0n,
  )
  return restarts(topic.settled, seasoned, budgets, topic.usual) && topic.era < ERA_MAX
}

export async function openedDomain(client: AuspexClient, key: RoundKey): Promise<RoundDomain> {
  const domain = await getDomain(client, key)
  if (domain === undefined) throw refusal('WrongStatus', { actual: 0, required: 1 })
  return domain
}
