import type { Hex } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import type { Hints } from '../maths/learning.ts'
import { sendPrepared } from '../prepared.ts'
import type { Prepared } from '../prepared.ts'
import { findHints, openedDomain, publishedIn } from '../publication.ts'
import { arrangeReveal, wordsOf } from '../sealing/arrangeReveal.ts'
import type { BackedOpening } from '../sealing/arrangeReveal.ts'
import { predictionsOf } from '../sealing/predictionsOf.ts'
import type { Opening, RoundDomain, RoundKey, Seal } from '../types.ts'
import type { Published } from '../publication.ts'

export type RevealAndPublishParams = RoundKey & {
  /** The round's only list, as `commit` told it (see getSealLists). */
  seals: readonly Seal[]
  /** All that it holds, in any order. */
  openings: readonly Opening[]
  /** What the round opened with; read from the chain where not given. */
  domain?: RoundDomain
  /** Computed from the openings where not given. */
  hints?: Hints
}

/**
 * Opens all of a round's only list and publishes the round: the usual end of a round, in one call. Where a second list was
 * committed, or not all of the first can be opened, see reveal and publish.
 * @throws AuspexError UnknownTopic, RoundOutOfBounds, WrongPhase, WrongStatus, NotSole, ConfidenceOutOfBounds, WrongList,
 * WrongMedian, WrongDeviation
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
