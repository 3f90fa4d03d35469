import { at } from '../../lib/checks.ts'
import type { RoundCost } from '../play/RoundCost.ts'
import { openTopics } from '../topics/openTopics.ts'
import type { World } from '../topics/openWorld.ts'
import { checkLinear } from './checkLinear.ts'
import type { Linearity } from './checkLinear.ts'
import { reputerCost } from './costs.ts'
import { playScene, sizesUpTo } from './playScene.ts'

/** By then every place of the ring was used once, so that what a round costs no longer changes. */
export const SETTLED_AFTER = 6
const TOLERANCE = 0.03

export type SeatsResult = {
  sizes: readonly { seats: number; cost: RoundCost; rounds: readonly RoundCost[] }[]
  linearity: Linearity
}

/** One topic after the other, each with four times the workers of the one before. */
export async function measureSeats({
  world,
  widest,
}: {
  world: World
  widest: number
}): Promise<SeatsResult> {
  const sizes: SeatsResult['sizes'][number][] = []
  for (const seats of sizesUpTo({ largest: widest, times: 4, count: 4 })) {
    const scene = await openTopics({ world, count: 1, seats })
    const name = `reputer of ${seats} seats`
    const { node, rounds } = await playScene({ scene, name, rounds: SETTLED_AFTER })
    await node.stop()
    sizes.push({ seats, rounds, cost: at(rounds, SETTLED_AFTER - 1) })
  }

  const points = sizes.map(({ seats, cost }) => ({ x: seats, y: reputerCost(cost).gas }))
  return { sizes, linearity: checkLinear({ points, tolerance: TOLERANCE }) }
}
