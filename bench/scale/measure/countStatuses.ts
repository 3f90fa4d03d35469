import { getRound } from '@auspex/sdk'
import type { RoundStatus } from '@auspex/sdk'
import type { Scene } from '../topics/openTopics.ts'

/** How many topics have brought a round how far, by the chain. */
export async function countStatuses({
  scene,
  round,
}: {
  scene: Scene
  round: bigint
}): Promise<Partial<Record<RoundStatus, number>>> {
  const counts: Partial<Record<RoundStatus, number>> = {}
  for (const topic of scene.topics) {
    const { status } = await getRound(scene.world.deployed.owner, { topic, round })
    counts[status] = (counts[status] ?? 0) + 1
  }
  return counts
}
