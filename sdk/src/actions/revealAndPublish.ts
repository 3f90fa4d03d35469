import type { Hex } from 'viem'
import { encodeCall } from '../contract/encode.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import type { Hints } from '../maths/learning.ts'
import { sendPrepared } from '../contract/write.ts'
import type { Prepared } from '../contract/write.ts'
import { findHints, openedDomain, publishedIn } from './publish.ts'
import type { Published } from './publish.ts'
import { arrangeReveal, wordsOf, predictionsOf } from '../words/opening.ts'
import type { BackedOpening } from '../words/opening.ts'
import type { RoundDomain, RoundKey } from '../words/round.ts'
import type { Opening } from '../words/statement.ts'
import type { Seal } from '../words/seal.ts'

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
