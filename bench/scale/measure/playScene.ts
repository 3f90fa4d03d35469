import type { Weight } from '../node/messages.ts'
import { startNode } from '../node/startNode.ts'
import type { Node } from '../node/startNode.ts'
import { playRound } from '../play/playRound.ts'
import type { RoundCost } from '../play/RoundCost.ts'
import type { Scene } from '../topics/openTopics.ts'

type Played = {
  node: Node
  rounds: readonly RoundCost[]
  /** Of the reputer: before the first round, and after each. */
  weights: readonly Weight[]
}

/** Starts a reputer for a scene and plays its first rounds. The reputer goes on running. */
export async function playScene({
  scene,
  name,
  rounds: count,
}: {
  scene: Scene
  name: string
  rounds: number
}): Promise<Played> {
  const node = await startNode({ scene, name })
  const rounds: RoundCost[] = []
  const weights = [await node.weigh()]
  for (let i = 0; i < count; i++) {
    rounds.push(await playRound({ scene, node, round: BigInt(i) }))
    weights.push(await node.weigh())
    const { world, topics, seats } = scene
    world.tell(`topics ${topics.length} of ${seats} seats: round ${i + 1} of ${count} settled`)
  }
  return { node, rounds, weights }
}

/** A few sizes up to the largest, each so many times the one before; the largest is always the last. */
export function sizesUpTo({
  largest,
  times,
  count,
}: {
  largest: number
  times: number
  count: number
}): number[] {
  const sizes = Array.from({ length: count }, (_, i) => largest / times ** (count - 1 - i))
  return [...new Set(sizes.map(Math.floor))].filter((size) => size >= 1)
}
