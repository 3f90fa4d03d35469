import { zeroAddress } from 'viem'
import type { Address, Hex } from 'viem'
import { encodeCall, following } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { sendPrepared } from '../prepared.ts'
import type { Prepared } from '../prepared.ts'
import { recordedIn } from '../recordedIn.ts'
import type { RevealedBatch } from '../recordedIn.ts'
import { arrangeReveal, wordsOf } from '../sealing/arrangeReveal.ts'
import type { ArrangedReveal } from '../sealing/arrangeReveal.ts'
import type { Opening, RoundKey, Seal } from '../types.ts'
import { unfolding } from '../unfolding.ts'

export type RevealParams = RoundKey & {
  /** The committer's whole list, as `commit` told it (see getSeals). */
  seals: readonly Seal[]
  /** What is opened now, in any order. No signature is needed: they were checked at the commitment. */
  openings: readonly Opening[]
  /** Whose list it is, as `commit` told it; the zero address's, which the round's first is, where it is not given. */
  committer?: Address
}

/**
 * Opens predictions of one committer's list: a whole batch, a worker alone, or a worker that its batch left out. Unfolds
 * the round's first list where that is still to be done. Tells which predictions counted; who is revealed already is passed
 * over, and predictionsOf foresees it all. For all of a round's only list at once see revealAndPublish.
 * @throws AuspexError UnknownTopic, RoundOutOfBounds, WrongPhase, WrongStatus, WrongList, ConfidenceOutOfBounds,
 * NothingRevealed
 */
export async function reveal(client: AuspexClient, params: RevealParams): Promise<RevealedBatch> {
  return sendPrepared(client, await prepareReveal(client, params))
}

export async function prepareReveal(
  client: AuspexClient,
  { topic, round, seals, openings, committer = zeroAddress }: RevealParams,
): Promise<Prepared<RevealedBatch>> {
  const { chainId, network } = client
  const arranged = arrangeReveal({ chainId, network, topic, round, seals, openings })
  const before = await unfolding(client, { topic, round })
  return {
    data: following(before, encodeReveal({ topic, round, committer, ...arranged })),
    resultOf: (receipt) => recordedIn(client, receipt, { topic, round, committer }),
  }
}

export function encodeReveal({
  topic,
  round,
  committer,
  openings,
  opened,
  rest,
}: RoundKey & { committer: Address } & ArrangedReveal): Hex {
  return encodeCall('reveal', [topic, round, committer, wordsOf(openings), opened, rest])
}
