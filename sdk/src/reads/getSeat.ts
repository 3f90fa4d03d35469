import { zeroAddress } from 'viem'
import type { Address } from 'viem'
import type { AuspexClient } from '../client.ts'
import { readNetwork } from '../readNetwork.ts'
import type { TopicId } from '../types.ts'

/** Who sits in a seat; undefined where it is free. */
export async function getSeat(
  client: AuspexClient,
  { topic, seat }: { topic: TopicId; seat: bigint },
): Promise<Address | undefined> {
  const occupant = await readNetwork(client, 'seatOf', [topic, seat])
  return occupant === zeroAddress ? undefined : occupant
}
