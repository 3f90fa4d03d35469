import { at } from '../../lib/checks.ts'
import { fromFixedPoint, toFixedPoint } from '../../lib/fixedPoint.ts'
import type { Engine, Shares } from '../ours/Engine.ts'
import type { Panel, Topic } from '../panel/Panel.ts'
import { peerNames, peers } from '../rules/peers.ts'
import type { PeerName, RuleName } from '../rules/peers.ts'
import { replayPeer } from '../rules/Rule.ts'

/** What every rule lost in a topic, round by round, and how ours was bounded. */
export type TopicResult = {
  topic: Topic
  /** squared errors */
  losses: Readonly<Record<RuleName, readonly number[]>>
  /** full widths of our interval and whether it held the truth; undefined where none was promised */
  intervals: readonly ({ width: number; held: boolean } | undefined)[]
  shares: readonly Shares[]
}

/** A panel and what every rule made of its topics. */
export type PanelResult = { panel: Panel; results: readonly TopicResult[] }

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

/** Rounds of all topics together, and different workers. */
export function countRows(results: readonly TopicResult[]): { rounds: number; workers: number } {
  const workers = new Set<string>()
  let rounds = 0

  for (const { topic } of results) {
    rounds += topic.rounds.length
    for (const { entries } of topic.rounds) for (const { worker } of entries) workers.add(worker)
  }

  return { rounds, workers: workers.size }
}
