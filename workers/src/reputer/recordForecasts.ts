import type { Address } from 'viem'
import { getRecordedForecast, recordForecast } from '@auspex/sdk'
import { networkFeedAbi } from '@auspex/sdk/abis'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import { silent } from '../runtime/log.ts'
import type { Log } from '../runtime/log.ts'

/** Seconds of chain time that are left to whoever published a round to record it. */
const LEFT_TO_PUBLISHER = 30n
/** Seconds of chain time before what failed is tried again. */
const PAUSE = 60n

/** A round that is on the feed, as a look saw it. */
export type PublishedRound = { round: bigint; time: bigint; isOwn: boolean }

/**
 * Records a topic's publications in a FeedHistory, each once and beside everything else: nothing waits for it, and a record
 * that fails is tried again as long as its round is the latest. The keeper that published records at once; the others look
 * after half a minute whether it has.
 */
export function recordForecasts(options: {
  client: AuspexClient
  topic: TopicId
  /** The history, or undefined while there is none. */
  findHistory: () => Promise<Address | undefined>
  log?: Log
}): (published: PublishedRound) => Promise<void> {
  const { client, topic, findHistory, log = silent } = options
  let seen: { round: bigint; notBefore: bigint } | undefined
  let isDone = false
  let underWay: Promise<void> | undefined

  async function record(): Promise<void> {
    const history = await findHistory()
    if (history === undefined) return
    const { network: address } = client
    const read = { address, abi: networkFeedAbi, functionName: 'publishedOf' } as const
    const roundId = await client.public.readContract({ ...read, args: [topic] })
    if (roundId === 0n || (await getRecordedForecast(client, { history, topic, roundId }))) return
    const { roundId: recorded } = await recordForecast(client, { history, topic })
    if (recorded !== undefined) log.info({ topic, history, roundId: recorded }, 'round.recorded')
  }

  return async ({ round, time, isOwn }) => {
    if (seen === undefined || round > seen.round) {
      seen = { round, notBefore: isOwn ? time : time + LEFT_TO_PUBLISHER }
      isDone = false
    }
    if (isDone || round < seen.round || time < seen.notBefore) return underWay
    underWay ??= record()
      .then(
        () => {
          isDone = true
        },
        (error: Error) => {
          seen = { round, notBefore: time + PAUSE }
          log.warn({ topic, round, reason: error.message }, 'round.unrecorded')
        },
      )
      .finally(() => {
        underWay = undefined
      })
    return underWay
  }
}
