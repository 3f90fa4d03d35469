import { resolveAndSettle } from '@auspex/sdk'
import * as Schedule from '@auspex/sdk/maths'
import type { Cost } from '../chain.ts'
import type { PublishedRound } from './publishRound.ts'
import type { Scene } from './Scene.ts'
import { truthOf } from './truthOf.ts'

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
