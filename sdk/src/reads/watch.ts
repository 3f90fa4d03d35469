/* What changes, as it changes: each poll asks the chain anew, so that nothing is lost by a dropped subscription. */
import type { AuspexClient } from '../client/createAuspex.ts'
import { roundAt } from '../maths/schedule.ts'
import { sleep } from '../time/waitTo.ts'
import type { TopicId } from '../words/topic.ts'
import type { Round, RoundStatus } from '../words/round.ts'
import type { Forecast } from '../words/forecast.ts'
import { getRound } from './getRound.ts'
import { getTopic } from './getTopic.ts'
import { readForecast } from './readForecast.ts'

export type WatchOptions = {
  topic: TopicId
  /** Milliseconds between two reads; 4,000 if omitted. */
  pollMs?: number
  /** Called for a read that failed; the next one is still made. */
  onError?: (error: Error) => void
}

/**
 * Calls back with a topic's forecast now, and whenever another is published or its status changes. Returns a function that
 * ends the watch.
 *
 * @example
 * ```ts
 * import { watchForecasts } from '@auspex/sdk'
 * import type { AuspexClient, TopicId } from '@auspex/sdk'
 *
 * declare const auspex: AuspexClient
 * declare const topic: TopicId
 *
 * const unwatch = watchForecasts(auspex, {
 *   topic,
 *   onForecast: ({ value, status }) => console.log(status, value),
 * })
 * setTimeout(unwatch, 60_000)
 * ```
 */
export function watchForecasts(
  client: AuspexClient,
  { topic, onForecast, ...options }: WatchOptions & { onForecast: (forecast: Forecast) => void },
): () => void {
  let last = ''
  return watch(options, async (isOver) => {
    const forecast = await readForecast(client, { topic })
    const { round, status, publishedAt } = forecast
    const seen = `${round} ${status} ${publishedAt}`
    if (seen === last || isOver()) return
    last = seen
    onForecast(forecast)
  })
}

/** A round of which something is new, and how far it had come at the last look. */
export type RoundChange = { round: Round; before: RoundStatus }

/**
 * Calls back with each round in flight whose status or number of revealed predictions changed since the last look, oldest
 * first. The first look reports every round that the network holds. Returns a function that ends the watch.
 *
 * @example
 * ```ts
 * import { watchRounds } from '@auspex/sdk'
 * import type { AuspexClient, TopicId } from '@auspex/sdk'
 *
 * declare const auspex: AuspexClient
 * declare const topic: TopicId
 *
 * const unwatch = watchRounds(auspex, {
 *   topic,
 *   onRound: ({ round, before }) => console.log(round.number, before, round.status),
 * })
 * setTimeout(unwatch, 60_000)
 * ```
 */
export function watchRounds(
  client: AuspexClient,
  { topic, onRound, ...options }: WatchOptions & { onRound: (change: RoundChange) => void },
): () => void {
  const seen = new Map<bigint, Round>()
  return watch(options, async (isOver) => {
    const [times, now] = await Promise.all([getTopic(client, { topic }), client.now()])
    const newest = roundAt(times, now)
    const oldest = newest >= times.ringSize ? newest + 1n - times.ringSize : 0n
    const numbers = Array.from(
      { length: Number(newest - oldest) + 1 },
      (_, i) => oldest + BigInt(i),
    )
    const rounds = await Promise.all(numbers.map((round) => getRound(client, { topic, round })))
    for (const number of [...seen.keys()]) if (number < oldest) seen.delete(number)
    for (const round of rounds) {
      if (round.status === 'none' || isOver()) continue
      const before = seen.get(round.number)
      if (before?.status === round.status && before.count === round.count) continue
      seen.set(round.number, round)
      onRound({ round, before: before?.status ?? 'none' })
    }
  })
}

function watch(
  { pollMs = 4_000, onError }: Omit<WatchOptions, 'topic'>,
  look: (isOver: () => boolean) => Promise<void>,
): () => void {
  const ended = new AbortController()
  const isOver = () => ended.signal.aborted

  async function keepLooking(): Promise<void> {
    while (!isOver()) {
      await look(isOver).catch((error: Error) => onError?.(error))
      await sleep(pollMs, ended.signal).catch(() => {})
    }
  }
  void keepLooking()
  return () => ended.abort()
}
