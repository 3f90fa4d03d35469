import { zeroHash } from 'viem'
import type { Hex } from 'viem'
import { accountOf } from '../client/createAuspex.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, sendPrepared } from '../contract/calls.ts'
import type { Prepared } from '../contract/calls.ts'
import type { RoundKey } from '../words/round.ts'
import { packStatement } from '../words/seal.ts'
import type { Opening } from '../words/seal.ts'
import { recordedIn } from './reveal.ts'
import type { RevealedBatch } from './reveal.ts'

export type RevealSignedParams = RoundKey & {
  /** The caller's own, or those of many workers, each with its signature over its commitment (see signCommitment). */
  openings: readonly Opening[]
}

/**
 * Takes predictions in signed-only topics, where nothing is sealed (a commit window of zero). Returns the predictions
 * that counted; workers without a seat or already revealed are skipped. A round's first prediction opens it.
 * @throws AuspexError UnknownTopic, SealedTopic, RoundOutOfBounds, WrongPhase, RingFull, BadSignature,
 * ConfidenceOutOfBounds, NothingRevealed
 *
 * @example
 * ```ts
 * import { revealSigned } from '@auspex/sdk'
 * import { parseEther } from 'viem'
 *
 * const said = { worker, value: parseEther('101.5'), confidence: 5_000n }
 * const salt = '0x00000000000000000000000000000000'
 * const openings = [{ ...said, salt }] as const
 * const { predictions } = await revealSigned(auspex, { topic, round, openings })
 * ```
 */
export async function revealSigned(
  client: AuspexClient,
  params: RevealSignedParams,
): Promise<RevealedBatch> {
  return sendPrepared(client, prepareRevealSigned(client, params))
}

export function prepareRevealSigned(
  client: AuspexClient,
  params: RevealSignedParams,
): Prepared<RevealedBatch> {
  const { topic, round } = params
  return {
    data: encodeRevealSigned(params),
    resultOf: (receipt) =>
      recordedIn(client, receipt, { topic, round, committer: accountOf(client) }),
  }
}

export function encodeRevealSigned({ topic, round, openings }: RevealSignedParams): Hex {
  const words = openings.map(({ worker, r = zeroHash, vs = zeroHash, ...stated }) => ({
    worker,
    statement: packStatement(stated),
    r,
    vs,
  }))
  return encodeCall('revealSigned', [topic, round, words])
}
