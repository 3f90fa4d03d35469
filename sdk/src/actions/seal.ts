import type { Hex } from 'viem'
import { packStatement } from '../words/statement.ts'
import type { Opening, Prediction } from '../words/statement.ts'
import { encapsulate, saltOf } from '../words/capsule.ts'
import type { SaltParams } from '../words/capsule.ts'
import { commitmentOf } from '../words/commitment.ts'

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
