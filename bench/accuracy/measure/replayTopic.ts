import { fromFixedPoint } from '../../lib/fromFixedPoint.ts'
import { toFixedPoint } from '../../lib/toFixedPoint.ts'
import { at } from '../../lib/at.ts'
import type { Engine } from '../ours/Engine.ts'
import type { Topic } from '../panel/Panel.ts'
import { replayPeer } from '../replayPeer.ts'
import { peers } from '../rules/peers.ts'
import type { PeerName } from '../rules/RuleName.ts'
import { peerNames } from '../rules/ruleNames.ts'
import type { TopicResult } from './TopicResult.ts'

/** Runs every rule over a topic and keeps what each lost. */
export async function replayTopic({
  topic,
  engine,
}: {
  topic: Topic
  engine: Engine
}): Promise<TopicResult> {
  const published = await engine(topic)
  const losses = (values: readonly number[]) =>
    topic.rounds.map(({ truth }, i) => (at(values, i) - truth) ** 2)
  const compared = peerNames.map(
    (name) => [name, losses(replayPeer({ topic, rule: peers[name] }))] as const,
  )

  return {
    topic,
    losses: {
      ours: losses(published.map(({ value }) => fromFixedPoint(value))),
      ...(Object.fromEntries(compared) as Record<PeerName, number[]>),
    },
    intervals: topic.rounds.map(({ truth }, i) => {
      const { value, widths } = at(published, i)
      if (widths === undefined) return undefined

      const { below, above } = widths
      const over = toFixedPoint(truth) - value
      return { width: fromFixedPoint(below + above), held: -below <= over && over <= above }
    }),
    shares: published.map(({ shares }) => shares),
  }
}
