import type { Address } from 'viem'
import type { AuspexClient } from '../client.ts'
import { readNetwork } from '../readNetwork.ts'
import type { TopicId } from '../types.ts'

/** A worker's rank, by which seats are won and lost; an occupant loses its seat to 10 % more. */
export async function getRank(
  client: AuspexClient,
  { topic, worker }: { topic: TopicId; worker: Address },
): Promise<bigint> {
  return readNetwork(client, 'rankOf', [topic, worker])
}
