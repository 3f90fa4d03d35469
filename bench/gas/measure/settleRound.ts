import { resolveAndSettle } from '../../../sdk/src/actions/resolveAndSettle.ts'
import * as Schedule from '../../../sdk/src/math/schedule.ts'
import type { Cost } from '../chain/Measured.ts'
import { draw } from './draw.ts'
import type { PublishedRound } from './publishRound.ts'
import type { Scene } from './Scene.ts'

/** 99 to 101 in the feed's eight decimals. */
const LEAST_TRUTH = 99_00000000n
const SPAN = 2_00000000n

/** Lets the truth of a published round be known and settles it. The feed's own updates are not counted. */
export async function settleRound({
  scene: { chain, topic, params },
  published: { round, outcome, records },
}: {
  scene: Scene
  published: PublishedRound
}): Promise<Cost> {
  const target = Schedule.targetTime(params, round)
  const value = LEAST_TRUTH + draw({ label: `truth of round ${round}`, limit: SPAN })

  await chain.goTo(target + 1n)
  const proof = await chain.tell({ value, at: target })
  const { cost, result } = await chain.measure(() =>
    resolveAndSettle(chain.keeper, { topic, round, outcome, records, proof }),
  )
  if (result.status === 'void') throw new Error(`Round ${round} has no truth`)

  return cost
}
