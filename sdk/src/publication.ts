import type { TransactionReceipt } from 'viem'
import type { AuspexClient } from './client.ts'
import { refusal } from './errors.ts'
import { eventIn } from './events.ts'
import { learningOf } from './learningOf.ts'
import { hintsOf, rangeOf } from './maths/aggregation.ts'
import type { Hints, Learning, Range } from './maths/learning.ts'
import { domainOf, restarts } from './maths/scoring.ts'
import { budgetBehind } from './maths/settlement.ts'
import { ERA_MAX } from './maths/storage.ts'
import { unpackOutcome } from './outcome.ts'
import { isOf, submissionsOf, unpackPrediction } from './predictions.ts'
import { getDomain } from './reads/getDomain.ts'
import { getTopic } from './reads/getTopic.ts'
import type { Outcome, Recorded, RoundDomain, RoundKey, Topic, TopicId } from './types.ts'

/** What became of a round: void where too few took part. */
export type Published =
  | { status: 'published'; outcome: Outcome; receipt: TransactionReceipt }
  /** `done`: somebody had published the round before, and nothing happened. */
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
