import { createTopicState, NONE, publish, settle } from '@auspex/sdk/maths'
import type { PublishedRound } from '@auspex/sdk/maths'
import { toFixedPoint } from '../../lib/fixedPoint.ts'
import type { Topic } from '../panel/Panel.ts'
import { turns } from '../turns.ts'
import { BUDGET, confidenceOf, sharesOf, wagerOf } from './Engine.ts'
import type { Published } from './Engine.ts'

/** Our rule as it stands on chain, storage rounding included, through the TypeScript twins. */
export async function replayTwin({ rounds }: Topic): Promise<Published[]> {
  const said: Published[] = []
  const held = new Map<number, PublishedRound>()
  let state = createTopicState()

  for (const { step, index, round } of turns(rounds)) {
    const earlier = held.get(index)
    if (step === 'learn' && earlier !== undefined) {
      state = settle(state, earlier, toFixedPoint(round.truth))
      held.delete(index)
      continue
    }

    const published = publish(
      state,
      round.entries.map((entry) => ({
        worker: entry.worker,
        value: toFixedPoint(entry.prediction),
        wager: wagerOf(entry),
        confidence: confidenceOf(entry),
        budget: BUDGET,
      })),
    )
    state = published.state
    const { value, below, above } = published.round.aggregate
    held.set(index, published.round)
    said.push({
      value,
      widths: below === NONE ? undefined : { below, above },
      shares: sharesOf({ round: published.round, learning: state.learning }),
    })
  }

  return said
}
