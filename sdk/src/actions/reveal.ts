import type { Address, Hex } from 'viem'
import { encodeCall } from '../calls.ts'
import { accountOf } from '../client.ts'
import type { AuspexClient } from '../client.ts'
import { sendPrepared } from '../prepared.ts'
import type { Prepared } from '../prepared.ts'
import { recordedIn } from '../recordedIn.ts'
import type { RevealedBatch } from '../recordedIn.ts'
import { arrangeReveal } from '../sealing/arrangeReveal.ts'
import type { ArrangedReveal } from '../sealing/arrangeReveal.ts'
import { packStatement } from '../statement.ts'
import type { Opening, RoundKey, Seal } from '../types.ts'

export type RevealParams = RoundKey & {
  /** The committer's whole list, as `commit` told it (see getSeals). */
  seals: readonly Seal[]
  /** What is opened now, in any order. No signature is needed: they were checked at the commitment. */
  openings: readonly Opening[]
  /** Whose list it is; the caller's where it is not given. */
  committer?: Address
}

/**
 * Opens predictions of one committer's list: a whole batch, a worker alone, or a worker that its batch left out. Tells
 * which predictions counted; who is revealed already is passed over, and predictionsOf foresees it all.
 * @throws AuspexError UnknownTopic, RoundOutOfBounds, WrongPhase, WrongStatus, WrongList, ConfidenceOutOfBounds,
 * NothingRevealed
 */
export async function reveal(client: AuspexClient, params: RevealParams): Promise<RevealedBatch> {
  return sendPrepared(client, prepareReveal(client, params))
}

export function prepareReveal(
  client: AuspexClient,
  { topic, round, seals, openings, committer = accountOf(client) }: RevealParams,
): Prepared<RevealedBatch> {
  const { chainId, network } = client
  const arranged = arrangeReveal({ chainId, network, topic, round, seals, openings })
  return {
    data: encodeReveal({ topic, round, committer, ...arranged }),
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
  const words = openings.map(({ backer, ...stated }) => ({
    backer,
    statement: packStatement(stated),
  }))
  return encodeCall('reveal', [topic, round, committer, words, opened, rest])
}
