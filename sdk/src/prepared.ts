import type { Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from './client.ts'
import { write } from './write.ts'

/** A call to the network, ready to be sent alone or with others, and what came of it once it is mined. */
export type Prepared<Result> = { data: Hex; resultOf: (receipt: TransactionReceipt) => Result }

/** Sends a prepared call in a transaction of its own. */
export async function sendPrepared<Result>(
  client: AuspexClient,
  { data, resultOf }: Prepared<Result>,
): Promise<Result> {
  return resultOf(await write(client, { to: client.network, data }))
}
