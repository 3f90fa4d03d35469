import * as Schedule from '@auspex/sdk/maths'
import { draw } from '../../lib/random.ts'
import type { Scene } from '../topics/openTopics.ts'

/** 99 to 101 in the feed's eight decimals. */
const LEAST_TRUTH = 99_00000000n
const SPAN = 2_00000000n

/** Goes to where a round's target time has passed and lets the feed tell what happened. */
export async function tellTruth({
  scene: { world, params },
  round,
}: {
  scene: Scene
  round: bigint
}): Promise<void> {
  const at = Schedule.targetTime(params, round)
  if (world.chain.now() <= at) await world.chain.moveTo(at + 1n)
  const value = LEAST_TRUTH + draw({ label: `truth of round ${round}`, limit: SPAN })
  await world.deployed.tell({ value, at })
}
