/* What a worker says, sealed and signed; and the call that brings a list of it on the chain, whoever sends it. */
import { concat, zeroHash } from 'viem'
import type { Address, Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, sendPrepared } from '../contract/calls.ts'
import type { Prepared } from '../contract/calls.ts'
import { requireEvent } from '../contract/logs.ts'
import { commitmentTypedData, compactSignature, consentTypedData } from '../maths/commitments.ts'
import type { CompactSignature, Consent, SignedCommitment } from '../maths/commitments.ts'
import type { SealList } from '../reads/getRound.ts'
import { capsulesOf, encapsulate, saltOf } from '../words/prediction.ts'
import type { SaltParams } from '../words/prediction.ts'
import type { RoundKey } from '../words/round.ts'
import { commitmentOf, packStatement } from '../words/seal.ts'
import type { Opening, Prediction } from '../words/seal.ts'
import type { TopicId } from '../words/topic.ts'

/** What goes out in the commit window, and what opens it in the reveal window. */
export type SealedPrediction = {
  commitment: Hex
  opening: Opening
  /** The prediction, encrypted for its own worker; give it to `commit` with the commitment (see recoverOpening). */
  capsule: Hex
}

const BPS = 10_000n

/**
 * Seals a prediction with the worker's derived salt. Keep or derive the opening again; publish only the commitment and the
 * capsule. A prediction that could never be opened is refused.
 * @throws RangeError where the value is beyond 104 bits, or the confidence not from 1 to 10000 basis points
 *
 * @example
 * ```ts
 * import { seal } from '@auspex/sdk'
 * import { parseEther } from 'viem'
 *
 * const { chainId, network } = auspex
 * const place = { chainId, network, topic, round, worker, saltKey }
 * const prediction = { value: parseEther('101.5'), confidence: 5_000n }
 * const { commitment, opening, capsule } = await seal({ ...place, ...prediction })
 * ```
 */
export async function seal({
  value,
  confidence,
  ...params
}: SaltParams & Prediction): Promise<SealedPrediction> {
  if (confidence < 1n || confidence > BPS) {
    throw new RangeError(
      `A confidence of ${confidence} could never be opened: it is from 1 to 10000 basis points`,
    )
  }
  const opening = { worker: params.worker, value, confidence, salt: await saltOf(params) }
  packStatement(opening)
  const { chainId, network, topic, round } = params
  const commitment = commitmentOf({ chainId, network, topic, round, ...opening })
  const capsule = await encapsulate({ ...params, value, confidence, commitment })
  return { commitment, opening, capsule }
}

/**
 * The caller, a worker, signs its commitment so that a reputer can commit and reveal for it. Sends nothing.
 *
 * @example
 * ```ts
 * import { seal, signCommitment } from '@auspex/sdk'
 *
 * const { chainId, network } = auspex
 * const place = { chainId, network, topic, round, worker, saltKey }
 * const { commitment } = await seal({ ...place, value, confidence: 5_000n })
 * const signature = await signCommitment(auspex, { topic, round, commitment })
 * ```
 */
export async function signCommitment(
  client: AuspexClient,
  { topic, round, commitment }: RoundKey & { commitment: Hex },
): Promise<CompactSignature> {
  const { chainId, network } = client
  const data = commitmentTypedData({ chainId, network, topic, round, commitment })
  return compactSignature(await client.signTypedData(data))
}

/** How long a consent may be used by default, seconds. */
export const CONSENT_LASTS = 30n * 86_400n

/**
 * The caller, a signer, agrees that `owner` stakes behind it in a topic, until `deadline` (unix time; 30 days from now if
 * omitted) or until the signer has an owner, whichever comes first. Sends nothing.
 *
 * @example
 * ```ts
 * import { signConsent } from '@auspex/sdk'
 *
 * const consent = await signConsent(auspex, { topic, owner })
 * ```
 */
export async function signConsent(
  client: AuspexClient,
  { topic, owner, ...given }: { topic: TopicId; owner: Address; deadline?: bigint },
): Promise<Consent> {
  const { chainId, network } = client
  const deadline = given.deadline ?? (await client.now()) + CONSENT_LASTS
  const data = consentTypedData({ chainId, network, topic, owner, deadline })
  return { deadline, ...compactSignature(await client.signTypedData(data)) }
}

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
      const emitted = requireEvent(client, receipt, 'PredictionsCommitted', { topic, round })
      return { committer: emitted.committer, seals: emitted.seals, receipt }
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
