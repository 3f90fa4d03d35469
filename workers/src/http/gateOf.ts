import { getPosition, getTopic, getTurn } from '@auspex/sdk'
import type { AuspexClient, Times, TopicId } from '@auspex/sdk'
import type { Gate } from './deskApp.ts'

const MOST_SEATS_KEPT = 4096

/**
 * A topic's gate, asked of the chain. Chain time is taken as known for `freshMs`, so that a crowd of requests costs one
 * look at the chain; zero where chain time leaps.
 */
export function gateOf(
  client: AuspexClient,
  { topic, freshMs = 250 }: { topic: TopicId; freshMs?: number },
): Gate {
  const seats = new Map<string, boolean>()
  let times: Promise<Times> | undefined
  let clock: { readAt: number; time: Promise<bigint> } | undefined

  function timesOf(): Promise<Times> {
    times ??= getTopic(client, { topic }).catch((error: unknown) => {
      times = undefined
      throw error
    })
    return times
  }

  function now(): Promise<bigint> {
    if (clock === undefined || Date.now() - clock.readAt >= freshMs) {
      clock = { readAt: Date.now(), time: client.now() }
    }
    return clock.time
  }

  return {
    phaseOf: async (round) => {
      const turn = await getTurn({ ...client, now }, { topic, round, times: await timesOf() })
      return turn.phase
    },
    isSealing: async () => (await timesOf()).commitWindow > 0n,
    isSeated: async (round, worker) => {
      const key = `${round}:${worker.toLowerCase()}`
      const known = seats.get(key)
      if (known !== undefined) return known

      const { from, until } = await getPosition(client, { topic, worker })
      if (seats.size >= MOST_SEATS_KEPT) seats.clear()
      seats.set(key, from <= round && round < until)
      return from <= round && round < until
    },
  }
}
