import { getAbiItem } from 'viem'
import { topicNetworkAbi } from '../abis/topicNetworkAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { blocksOf, readLogs } from '../contract/logs.ts'
import { NONE } from '../maths/learning.ts'
import { roundAt, targetTime } from '../maths/schedule.ts'
import type { Interval } from '../words/forecast.ts'
import { unpackOutcome } from '../words/outcome.ts'
import type { TopicId } from '../words/topic.ts'
import { getTopic } from './getTopic.ts'

/** A forecast as it was published, whatever became of it. Values are 1e18 fixed point, times unix seconds. */
export type PastForecast = {
  round: bigint
  value: bigint
  /** Null until one is promised. */
  interval: Interval | null
  /** The moment the value is a forecast of. */
  targetTime: bigint
  publishedAt: bigint
  /** Workers behind it. */
  contributors: bigint
  /** Money at risk behind it, token base units. */
  wagers: bigint
}

const published = getAbiItem({ abi: topicNetworkAbi, name: 'RoundPublished' })
const revealed = getAbiItem({ abi: topicNetworkAbi, name: 'PredictionsRevealed' })

/**
 * The forecasts of a topic's last rounds, oldest first. Rounds in which too few took part have none, so that there can be
 * fewer than `last`.
 *
 * @example
 * ```ts
 * import { getForecasts } from '@auspex/sdk'
 * import type { AuspexClient, TopicId } from '@auspex/sdk'
 *
 * declare const auspex: AuspexClient
 * declare const topic: TopicId
 *
 * for (const { round, value } of await getForecasts(auspex, { topic, last: 10n })) console.log(round, value)
 * ```
 */
export async function getForecasts(
  client: AuspexClient,
  { topic, last }: { topic: TopicId; last: bigint },
): Promise<PastForecast[]> {
  const [times, now] = await Promise.all([getTopic(client, { topic }), client.now()])
  const newest = roundAt(times, now)
  const oldest = newest + 1n > last ? newest + 1n - last : 0n
  const blocks = await blocksOf(client, { topic, round: oldest })
  const [logs, reveals] = await Promise.all([
    readLogs(client, { event: published, args: { topic }, ...blocks }),
    readLogs(client, { event: revealed, args: { topic }, ...blocks }),
  ])
  const workers = new Map<bigint, bigint>()
  for (const { args } of reveals) {
    const round = BigInt(args.round)
    workers.set(round, (workers.get(round) ?? 0n) + BigInt(args.workers.length))
  }
  const own = logs.filter(({ args }) => BigInt(args.round) >= oldest)

  return Promise.all(
    own.map(async ({ args: { round, outcome }, blockNumber }) => {
      const { value, below, above, wagers } = unpackOutcome(outcome)
      const { timestamp } = await client.public.getBlock({ blockNumber })
      return {
        round: BigInt(round),
        value,
        interval: below === NONE ? null : { lower: value - below, upper: value + above },
        targetTime: targetTime(times, BigInt(round)),
        publishedAt: timestamp,
        contributors: workers.get(BigInt(round)) ?? 0n,
        wagers,
      }
    }),
  )
}
