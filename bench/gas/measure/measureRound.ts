import { startChain } from '../chain.ts'
import type { Hardfork } from '../chain.ts'
import { openTopic } from './openTopic.ts'
import type { Mode } from './openTopic.ts'
import { publishRound } from './publishRound.ts'
import type { RoundCost } from './RoundCost.ts'
import { settleRound, warmUp } from './settleRound.ts'

/** What a round of some number of workers costs in the long run, on a chain of its own. */
export async function measureRound({
  hardfork,
  mode,
  workers,
}: {
  hardfork: Hardfork
  mode: Mode
  workers: number
}): Promise<RoundCost> {
  const chain = await startChain({ hardfork, workers })
  try {
    const scene = await openTopic({ chain, mode })
    const round = await warmUp(scene)
    const published = await publishRound({ scene, round })
    const settle = await settleRound({ scene, published })

    return { ...published.cost, settle }
  } finally {
    await chain.stop()
  }
}
