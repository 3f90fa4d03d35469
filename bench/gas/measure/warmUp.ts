import { publishRound } from './publishRound.ts'
import type { Scene } from './Scene.ts'
import { settleRound } from './settleRound.ts'

/** By then every slot of the ring was used once, and the topic trusts its own errors. */
const WARM_AFTER = 7n

/** Plays rounds until what a round costs no longer changes, and tells which round comes next. */
export async function warmUp(scene: Scene): Promise<bigint> {
  for (let round = 0n; round < WARM_AFTER; round += 1n) {
    const published = await publishRound({ scene, round })
    await settleRound({ scene, published })
  }

  return WARM_AFTER
}
