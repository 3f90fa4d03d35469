import { zeroAddress } from 'viem'
import type { Address, Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, following, sendPrepared } from '../contract/calls.ts'
import type { Prepared } from '../contract/calls.ts'
import { requireEvent } from '../contract/logs.ts'
import type { EventKey } from '../contract/logs.ts'
import { arrangeReveal, revealedIn, wordsOf } from '../words/prediction.ts'
import type { ArrangedReveal, Revealed } from '../words/prediction.ts'
import type { Opening, Seal } from '../words/seal.ts'
import type { RoundKey } from '../words/round.ts'
import { unfolding } from './unfold.ts'

export type RevealParams = RoundKey & {
  /** The committer's whole list, as `commit` returned it (see getSeals). */
  seals: readonly Seal[]
  /** What is opened now, in any order. No signature is needed: they were checked at the commitment. */
  openings: readonly Opening[]
  /** Whose list it is, as `commit` returned it; if omitted the round's first list, which is the zero address's. */
  committer?: Address
}

/**
 * Opens predictions of one committer's list: a whole batch, a worker alone, or a worker that its batch left out. Unfolds
 * the round's first list if needed. Returns the predictions that counted; a worker that is already revealed is skipped, and
 * predictionsOf computes the result beforehand. For all of a round's only list at once see revealAndPublish.
 * @throws AuspexError UnknownTopic, RoundOutOfBounds, WrongPhase, WrongStatus, WrongList, ConfidenceOutOfBounds,
 * NothingRevealed
 *
 * @example
 * ```ts
 * import { getSeals, reveal } from '@auspex/sdk'
 *
 * const committer = worker
 * const seals = await getSeals(auspex, { topic, round, committer })
 * if (seals !== undefined) await reveal(auspex, { topic, round, committer, seals, openings })
 * ```
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

/** What counted of one call: one batch of the round. */
export type RevealedBatch = Revealed & { receipt: TransactionReceipt }

/** What a transaction recorded of a committer's reveal. */
export function recordedIn(
  client: AuspexClient,
  receipt: TransactionReceipt,
  key: Required<Omit<EventKey, 'worker'>>,
): RevealedBatch {
  return { ...revealedIn([requireEvent(client, receipt, 'PredictionsRevealed', key)]), receipt }
}
