import { concat, zeroHash } from 'viem'
import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, sendPrepared } from '../contract/calls.ts'
import type { Prepared } from '../contract/calls.ts'
import { requireEvent } from '../contract/logs.ts'
import type { SealList } from '../reads/getRound.ts'
import { capsulesOf } from '../words/capsule.ts'
import type { RoundKey } from '../words/round.ts'
import type { SignedCommitment } from '../maths/commitments.ts'

export type CommitParams = RoundKey & {
  /**
   * The caller's own (see seal), or those of many workers, each with its signature (see signCommitment). Capsules go behind
   * the call's arguments, fifteen bytes a commitment.
   */
  commitments: readonly (SignedCommitment & { capsule?: Hex | undefined })[]
}

/** The list as the network took it in: a reveal needs it again, and `getSealLists` reads it from the chain. */
export type Committed = SealList & { receipt: TransactionReceipt }

/**
 * Seals predictions. A worker's first commitment of a round binds it. What no seated worker signed, or what is
 * not its worker's first, is skipped: look a commitment up in `seals` with findSeal. A round's first list
 * opens it, and is kept as the zero address's; after it every caller has one list a round.
 * @throws AuspexError UnknownTopic, RoundOutOfBounds, WrongPhase, AlreadyCommitted, RingFull, NothingCommitted
 *
 * @example
 * ```ts
 * import { commit, reveal, seal } from '@auspex/sdk'
 * import { parseEther } from 'viem'
 *
 * const { chainId, network } = auspex
 * const place = { chainId, network, topic, round, worker, saltKey }
 * const prediction = { value: parseEther('101.5'), confidence: 5_000n }
 * const { commitment, opening, capsule } = await seal({ ...place, ...prediction })
 * const commitments = [{ commitment, capsule }]
 * const { committer, seals } = await commit(auspex, { topic, round, commitments })
 * // In the reveal window; keep `opening` until then.
 * await reveal(auspex, { topic, round, committer, seals, openings: [opening] })
 * ```
 */
export async function commit(client: AuspexClient, params: CommitParams): Promise<Committed> {
  return sendPrepared(client, prepareCommit(client, params))
}

export function prepareCommit(client: AuspexClient, params: CommitParams): Prepared<Committed> {
  const { topic, round } = params
  return {
    data: encodeCommit(params),
    resultOf: (receipt) => {
      const told = requireEvent(client, receipt, 'PredictionsCommitted', { topic, round })
      return { committer: told.committer, seals: told.seals, receipt }
    },
  }
}

export function encodeCommit({ topic, round, commitments }: CommitParams): Hex {
  const signed = commitments.map(({ commitment, r = zeroHash, vs = zeroHash }) => ({
    commitment,
    r,
    vs,
  }))
  const call = encodeCall('commit', [topic, round, signed])
  return concat([call, capsulesOf(commitments)])
}
