import type { Learning } from './maths/learning.ts'
import type { Topic } from './types.ts'

/** What a topic has learnt, as the weighting rule takes it. */
export function learningOf(topic: Topic): Learning {
  const { peak, anchorError, feedError, bias, widthBelow, widthAbove, rounds } = topic
  return {
    peak,
    anchorError,
    feedError,
    bias,
    widthBelow,
    widthAbove,
    rounds,
    anchor: { regret: topic.anchorRegret, energy: topic.anchorEnergy },
    mean: { regret: topic.meanRegret, energy: topic.meanEnergy },
  }
}
