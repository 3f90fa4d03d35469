import { isAddressEqual } from 'viem'
import type { AuspexClient } from '../client.ts'
import type { Gains } from '../maths/settlement.ts'
import { unpackPrediction } from '../predictions.ts'
import { settlementOf } from '../settlementOf.ts'
import type { RoundKey, WorkerKey } from '../types.ts'
import { getOutcome } from './getOutcome.ts'
import { getResolution } from './getResolution.ts'
import { getRevealed } from './getRevealed.ts'

/**
 * What a worker won or lost in a round by its truth, and from whom; undefined where the round has no truth or the worker no
 * part in it. The money moves as the round is settled.
 */
export async function getGains(
  client: AuspexClient,
  { worker, ...key }: RoundKey & WorkerKey,
): Promise<Gains | undefined> {
  const resolution = await getResolution(client, key)
  if (resolution === undefined) return undefined
  const [outcome, revealed] = await Promise.all([getOutcome(client, key), getRevealed(client, key)])
  const at = revealed.workers.findIndex((each) => isAddressEqual(each, worker))
  if (outcome === undefined || at < 0) return undefined

  const predictions = revealed.predictions.map(unpackPrediction)
  return settlementOf({ outcome, resolution, predictions, tipBps: 0n }).gains[at]
}
