import type { TransactionReceipt } from 'viem'
import type { AuspexClient } from './client.ts'
import { toldIn } from './events.ts'
import type { EventKey } from './events.ts'
import { revealedIn } from './revealedIn.ts'
import type { Revealed } from './types.ts'

/** What counted of one call: one batch of the round. */
export type RevealedBatch = Revealed & { receipt: TransactionReceipt }

/** What a transaction recorded of a committer's reveal. */
export function recordedIn(
  client: AuspexClient,
  receipt: TransactionReceipt,
  key: Required<Omit<EventKey, 'worker'>>,
): RevealedBatch {
  return { ...revealedIn([toldIn(client, receipt, 'PredictionsRevealed', key)]), receipt }
}
