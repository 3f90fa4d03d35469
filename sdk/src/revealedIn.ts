import type { Recorded, Revealed } from './types.ts'

/** What reveals recorded, one batch each, in their order. */
export function revealedIn(batches: readonly Recorded[]): Revealed {
  return {
    predictions: batches.flatMap(({ predictions }) => predictions),
    workers: batches.flatMap(({ workers }) => workers),
    counts: batches.map(({ predictions }) => BigInt(predictions.length)),
  }
}
