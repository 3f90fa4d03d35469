import type { EventArgs } from './events.ts'
import type { Revealed } from './types.ts'

/** What reveals told of, one batch each, in their order. */
export function revealedIn(
  batches: readonly Pick<EventArgs<'PredictionsRevealed'>, 'predictions' | 'workers'>[],
): Revealed {
  return {
    predictions: batches.flatMap(({ predictions }) => predictions),
    workers: batches.flatMap(({ workers }) => workers),
    counts: batches.map(({ predictions }) => BigInt(predictions.length)),
  }
}
