import { zeroHash } from 'viem'
import type { Address, Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import { accountOf } from '../client.ts'
import type { AuspexClient } from '../client.ts'
import { toldIn } from '../events.ts'
import { sendPrepared } from '../prepared.ts'
import type { Prepared } from '../prepared.ts'
import { revealedIn } from '../revealedIn.ts'
import { arrangeReveal } from '../sealing/arrangeReveal.ts'
import type { ArrangedReveal } from '../sealing/arrangeReveal.ts'
import { packStatement } from '../statement.ts'
import type { Opening, Revealed, RoundKey } from '../types.ts'

export type RevealParams = RoundKey & {
  /** What is opened now, in any order. Signatures are needed only for workers other than the committer. */
  openings: readonly Opening[]
  /** Whose list they are in; the caller where it is not given. */
  committer?: Address
  /** The committer's whole list (see getCommitments). Left out in signed-only topics, which have no lists. */
  commitments?: readonly Hex[]
}

/** What counted of one call: one batch of the round. */
export type RevealedBatch = Revealed & { receipt: TransactionReceipt }

/**
 * Opens predictions of one committer's list: a whole batch, a worker alone, or a worker that its batch left out. Tells
 * which predictions counted; workers without a seat or already revealed are passed over. A round's first reveal opens it.
 * @throws AuspexError UnknownTopic, WrongPhase, RingFull, WrongList, BadSignature, ConfidenceOutOfBounds, NothingRevealed
 */
export async function reveal(client: AuspexClient, params: RevealParams): Promise<RevealedBatch> {
  return sendPrepared(client, prepareReveal(client, params))
}

export function prepareReveal(
  client: AuspexClient,
  { topic, round, openings, committer = accountOf(client), commitments }: RevealParams,
): Prepared<RevealedBatch> {
  const { chainId, network } = client
  const arranged =
    commitments === undefined
      ? { openings, opened: (1n << BigInt(openings.length)) - 1n, rest: [] }
      : arrangeReveal({ chainId, network, topic, round, commitments, openings })
  return {
    data: encodeReveal({ topic, round, committer, ...arranged }),
    resultOf: (receipt) => {
      const told = toldIn(client, receipt, 'PredictionsRevealed', { topic, round })
      return { ...revealedIn([told]), receipt }
    },
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
  const words = openings.map(({ worker, r = zeroHash, vs = zeroHash, ...stated }) => ({
    worker,
    statement: packStatement(stated),
    r,
    vs,
  }))
  return encodeCall('reveal', [topic, round, committer, words, opened, rest])
}
