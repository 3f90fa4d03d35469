import type { Hex } from 'viem'
import type { Opening, Prediction } from '../types.ts'
import { commitmentOf } from './commitmentOf.ts'
import { saltOf } from './saltOf.ts'
import type { SaltParams } from './saltOf.ts'

/** What goes out in the commit window, and what opens it in the reveal window. */
export type SealedPrediction = { commitment: Hex; opening: Opening }

/** Seals a prediction with the worker's derived salt. Keep or derive the opening again; tell only the commitment. */
export async function seal({
  value,
  confidence,
  ...params
}: SaltParams & Prediction): Promise<SealedPrediction> {
  const opening = { worker: params.worker, value, confidence, salt: await saltOf(params) }
  const { chainId, network, topic, round } = params
  return { commitment: commitmentOf({ chainId, network, topic, round, ...opening }), opening }
}
