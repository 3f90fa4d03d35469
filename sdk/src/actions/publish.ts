import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, following, sendPrepared } from '../contract/calls.ts'
import type { Prepared } from '../contract/calls.ts'
import { refusal } from '../contract/errors.ts'
import { eventIn } from '../contract/logs.ts'
import { hintsOf, rangeOf } from '../maths/aggregation.ts'
import { batchesOf } from '../maths/batches.ts'
import type { Hints, Learning, Range } from '../maths/learning.ts'
import { domainOf, restarts } from '../maths/scoring.ts'
import { budgetBehind } from '../maths/settlement.ts'
import { ERA_MAX } from '../maths/storage.ts'
import { getDomain, getRevealed } from '../reads/getRound.ts'
import { getTopic, learningOf } from '../reads/getTopic.ts'
import { unpackOutcome } from '../words/outcome.ts'
import type { Outcome } from '../words/outcome.ts'
import {
  arrangeReveal,
  isOf,
  predictionsOf,
  revealedIn,
  submissionsOf,
  unpackPrediction,
  wordsOf,
} from '../words/prediction.ts'
import type { BackedOpening, Recorded, Revealed } from '../words/prediction.ts'
import type { Opening, Seal } from '../words/seal.ts'
import type { RoundDomain, RoundKey } from '../words/round.ts'
import type { Topic, TopicId } from '../words/topic.ts'
import { unfolding } from './unfold.ts'

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
  const earlier = params.revealed ?? (await getRevealed(client, params))
  const revealed = withUpcoming(earlier, params.upcoming ?? [])
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

function withUpcoming(earlier: Revealed, upcoming: readonly Recorded[]): Revealed {
  const next = revealedIn(upcoming)
  return {
    predictions: [...earlier.predictions, ...next.predictions],
    workers: [...earlier.workers, ...next.workers],
    counts: [...earlier.counts, ...next.counts],
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

export type RevealAndPublishParams = RoundKey & {
  /** The round's only list, as `commit` returned it (see getSealLists). */
  seals: readonly Seal[]
  /** All that it holds, in any order. */
  openings: readonly Opening[]
  /** What the round opened with; read from the chain if omitted. */
  domain?: RoundDomain
  /** Computed from the openings if omitted. */
  hints?: Hints
}

/**
 * Opens all of a round's only list and publishes the round: the usual end of a round, in one call. Where a second list was
 * committed, or not all of the first can be opened, see reveal and publish.
 * @throws AuspexError UnknownTopic, RoundOutOfBounds, WrongPhase, WrongStatus, NotSole, ConfidenceOutOfBounds, WrongList,
 * WrongMedian, WrongDeviation
 *
 * @example
 * ```ts
 * import { getSealLists, revealAndPublish } from '@auspex/sdk'
 *
 * const [list] = await getSealLists(auspex, { topic, round })
 * if (list !== undefined) {
 *   await revealAndPublish(auspex, { topic, round, seals: list.seals, openings })
 * }
 * ```
 */
export async function revealAndPublish(
  client: AuspexClient,
  params: RevealAndPublishParams,
): Promise<Published> {
  return sendPrepared(client, await prepareRevealAndPublish(client, params))
}

export async function prepareRevealAndPublish(
  client: AuspexClient,
  { topic, round, seals, openings, ...given }: RevealAndPublishParams,
): Promise<Prepared<Published>> {
  const { chainId, network } = client
  const place = { chainId, network, topic, round, seals, openings }
  const arranged = arrangeReveal(place)
  const domain = given.domain ?? (await openedDomain(client, { topic, round }))
  const { predictions } = predictionsOf(place)
  const hints = given.hints ?? (await findHints(client, { topic, domain, predictions }))

  return {
    data: encodeRevealAndPublish({ topic, round, domain, openings: arranged.openings, hints }),
    resultOf: (receipt) => publishedIn(client, receipt, { topic, round }),
  }
}

export function encodeRevealAndPublish({
  topic,
  round,
  domain: { center, sigma },
  openings,
  hints,
}: RoundKey & {
  domain: RoundDomain
  openings: readonly BackedOpening[]
  hints: Hints
}): Hex {
  const words = wordsOf(openings)
  return encodeCall('revealAndPublish', [topic, round, center, sigma, words, hints])
}
