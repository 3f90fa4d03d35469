import type { AuspexClient } from '../client/createAuspex.ts'
import { readNetwork } from '../contract/calls.ts'
import { refusal } from '../contract/errors.ts'
import { unpack, unpackSigned } from '../maths/float.ts'
import type { Learning } from '../maths/learning.ts'
import { phaseAt, roundAt } from '../maths/schedule.ts'
import type { RoundKey } from '../words/round.ts'
import { domainKinds } from '../words/topic.ts'
import type { Phase, Times, Topic, TopicId } from '../words/topic.ts'

/**
 * A topic as the network holds it, its floats unpacked.
 * @throws AuspexError UnknownTopic
 *
 * @example
 * ```ts
 * import { getTopic } from '@auspex/sdk'
 *
 * const { cadence, horizon, truth } = await getTopic(auspex, { topic })
 * ```
 */
export async function getTopic(
  client: AuspexClient,
  { topic }: { topic: TopicId },
): Promise<Topic> {
  const kept = await readNetwork(client, 'topicOf', [topic])
  if (kept.cadence === 0n) throw refusal('UnknownTopic', { topic })

  const { tenure, ...rest } = kept
  const { era, count } = unpackTenure(tenure)
  return {
    ...rest,
    domain: domainKinds[Number(kept.domain)]!,
    minWager: unpack(kept.minWager),
    center: unpackSigned(kept.center),
    sigma: unpack(kept.sigma),
    peak: unpack(kept.peak),
    feedError: unpack(kept.feedError),
    anchorRegret: unpackSigned(kept.anchorRegret),
    anchorEnergy: unpack(kept.anchorEnergy),
    meanRegret: unpackSigned(kept.meanRegret),
    meanEnergy: unpack(kept.meanEnergy),
    widthBelow: unpack(kept.widthBelow),
    widthAbove: unpack(kept.widthAbove),
    anchorError: unpack(kept.anchorError),
    bias: unpackSigned(kept.bias),
    usual: unpack(kept.usual),
    era,
    settled: count,
  }
}

/**
 * A topic's question in words, as its creator wrote it; escape it wherever you show it. Empty for an unknown topic.
 *
 * @example
 * ```ts
 * import { getDescription } from '@auspex/sdk'
 *
 * const question = await getDescription(auspex, { topic })
 * ```
 */
export async function getDescription(
  client: AuspexClient,
  { topic }: { topic: TopicId },
): Promise<string> {
  return readNetwork(client, 'descriptionOf', [topic])
}

/** Where a topic stands: a round, the phase it is in, chain time in unix seconds. */
export type Turn = RoundKey & { phase: Phase; time: bigint }

/**
 * A round's phase by chain time; of the round that opened last if none is named. With `times` the topic need not be read.
 * @throws AuspexError UnknownTopic
 *
 * @example
 * ```ts
 * import { getTurn } from '@auspex/sdk'
 *
 * const { round, phase } = await getTurn(auspex, { topic })
 * ```
 */
export async function getTurn(
  client: AuspexClient,
  { topic, round, times }: { topic: TopicId; round?: bigint; times?: Times },
): Promise<Turn> {
  const terms = times ?? (await getTopic(client, { topic }))
  const time = await client.now()
  const number = round ?? roundAt(terms, time)
  return { topic, round: number, phase: phaseAt(terms, number, time), time }
}

/** What a topic has learnt, as the weighting rule takes it. */
export function learningOf(topic: Topic): Learning {
  const { peak, anchorError, feedError, bias, widthBelow, widthAbove, rounds } = topic
  return {
    peak,
    anchorError,
    feedError,
    bias,
    widthBelow,
    widthAbove,
    rounds,
    anchor: { regret: topic.anchorRegret, energy: topic.anchorEnergy },
    mean: { regret: topic.meanRegret, energy: topic.meanEnergy },
  }
}

/* Twin of contracts/types/Tenure.sol: an era (11 bits), and how many rounds were settled in it (5 bits). */

export type Tenure = { era: bigint; count: bigint }

/** Takes a tenure apart. */
export function unpackTenure(tenure: bigint): Tenure {
  return { era: tenure >> 5n, count: tenure & 31n }
}
