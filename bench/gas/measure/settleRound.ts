import { resolveAndSettle } from '@auspex/sdk'
import * as Schedule from '@auspex/sdk/maths'
import { draw } from '../../lib/random.ts'
import type { Cost } from '../chain.ts'
import type { Scene } from './openTopic.ts'
import { publishRound } from './publishRound.ts'
import type { PublishedRound } from './publishRound.ts'

/** Lets the truth of a published round be known and settles it. The feed's own updates are not counted. */
export async function settleRound({
  scene: { chain, topic, params },
  published: { round, outcome, revealed },
}: {
  scene: Scene
  published: PublishedRound
}): Promise<Cost> {
  const target = Schedule.targetTime(params, round)

  await chain.goTo(target + 1n)
  const proof = await chain.tell({ value: truthOf(round), at: target })
  const { cost, result } = await chain.measure(() =>
    resolveAndSettle(chain.keeper, { topic, round, outcome, revealed, proof }),
  )
  if (result.status === 'void') throw new Error(`Round ${round} has no truth`)

  return cost
}

/** 99 to 101 in the feed's eight decimals. */
const LEAST = 99_00000000n
const SPAN = 2_00000000n

/** What the feed says at a round's target time. */
export function truthOf(round: bigint): bigint {
  return LEAST + draw({ label: `truth of round ${round}`, limit: SPAN })
}

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
