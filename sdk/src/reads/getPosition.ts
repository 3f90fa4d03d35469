import type { Address } from 'viem'
import type { AuspexClient } from '../client.ts'
import { unpack, unpackSigned } from '../math/float.ts'
import { readNetwork } from '../readNetwork.ts'
import type { Position, TopicId } from '../types.ts'

/** A worker's stake and skill in a topic; all zeros where it has none. */
export async function getPosition(
  client: AuspexClient,
  { topic, worker }: { topic: TopicId; worker: Address },
): Promise<Position> {
  const kept = await readNetwork(client, 'positionOf', [topic, worker])
  return { ...kept, regret: unpackSigned(kept.regret), energy: unpack(kept.energy) }
}
