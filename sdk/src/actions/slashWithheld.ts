import { zeroHash } from 'viem'
import type { Address, Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { refusal } from '../errors.ts'
import { toldIn } from '../events.ts'
import { sendPrepared } from '../prepared.ts'
import type { Prepared } from '../prepared.ts'
import type { CompactSignature, RoundKey } from '../types.ts'

/** Where a worker committed: in a list of its own, or signed in another's. */
export type SlashWithheldParams = RoundKey & { worker: Address; listed?: Listed }

/** A worker's commitment in the list of another. */
export type Listed = CompactSignature & {
  committer: Address
  /** The committer's whole list (see getCommitments). */
  commitments: readonly Hex[]
  /** The worker's own, which it signed. */
  commitment: Hex
}

/** `amount` is what the worker lost, `bounty` what of it the caller can claim; token base units. */
export type Slashed = { amount: bigint; bounty: bigint; receipt: TransactionReceipt }

/**
 * Slashes a worker that committed and did not reveal. Anyone may, once a worker and round, from the end of the reveals
 * until the truth deadline, where the round was published.
 * @throws AuspexError UnknownTopic, WrongPhase, WrongList, BadSignature, WrongStatus, Outage, NotSeated, NotWithheld,
 * AlreadySlashed
 */
export async function slashWithheld(
  client: AuspexClient,
  params: SlashWithheldParams,
): Promise<Slashed> {
  return sendPrepared(client, prepareSlashWithheld(client, params))
}

export function prepareSlashWithheld(
  client: AuspexClient,
  params: SlashWithheldParams,
): Prepared<Slashed> {
  const { topic, round } = params
  return {
    data: encodeSlashWithheld(params),
    resultOf: (receipt) => {
      const { amount, bounty } = toldIn(client, receipt, 'Slashed', { topic, round })
      return { amount, bounty, receipt }
    },
  }
}

export function encodeSlashWithheld({ topic, round, worker, listed }: SlashWithheldParams): Hex {
  if (listed === undefined) {
    return encodeCall('slashWithheld', [topic, round, worker, worker, [], 0n, zeroHash, zeroHash])
  }
  const { committer, commitments, commitment, r, vs } = listed
  const place = commitments.findIndex((each) => each.toLowerCase() === commitment.toLowerCase())
  if (place < 0) throw refusal('WrongList', { committer, round })
  return encodeCall('slashWithheld', [
    topic,
    round,
    worker,
    committer,
    commitments,
    BigInt(place),
    r,
    vs,
  ])
}
