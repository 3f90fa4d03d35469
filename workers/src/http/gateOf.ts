import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Address } from 'viem'
import { getPositions, getTopic, getTurn } from '@auspex/sdk'
import type { AuspexClient, Position, Times, TopicId } from '@auspex/sdk'
import type { Gate } from './deskApp.ts'

/** Anybody can sign; those without a seat shall not fill the memory. */
const MOST_WORKERS_KEPT = 1024
/** More rounds than these are not asked about in turn. */
const MOST_ROUNDS_KEPT = 4

/**
 * A topic's gate, asked of the chain. Chain time is taken as known for `freshMs`, so that a crowd of requests costs one
 * look at the chain; zero where chain time leaps.
 */
export function gateOf(
  client: AuspexClient,
  { topic, freshMs = 250 }: { topic: TopicId; freshMs?: number },
): Gate {
  const seats = new Map<bigint, Map<string, boolean>>()
  let times: Promise<Times> | undefined
  let clock: { readAt: number; time: Promise<bigint> } | undefined
  let asked: { workers: Address[]; positions: Promise<Position[]> } | undefined

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

  /** Workers that come in one turn of the event loop are asked about by one call. */
  async function positionOf(worker: Address): Promise<Position> {
    asked ??= askNext()
    const { workers, positions } = asked
    const place = workers.push(worker) - 1
    return (await positions)[place]!
  }

  function askNext(): NonNullable<typeof asked> {
    const workers: Address[] = []
    const positions = nextTurn().then(() => {
      asked = undefined
      return getPositions(client, { topic, workers })
    })
    return { workers, positions }
  }

  /** A round that comes in pushes the oldest out, so that memory does not grow with the rounds. */
  function knownOf(round: bigint): Map<string, boolean> {
    const known = seats.get(round) ?? new Map<string, boolean>()
    seats.set(round, known)
    const [oldest] = [...seats.keys()].sort((a, b) => (a < b ? -1 : 1))
    if (seats.size > MOST_ROUNDS_KEPT) seats.delete(oldest!)
    return known
  }

  return {
    phaseOf: async (round) => {
      const turn = await getTurn({ ...client, now }, { topic, round, times: await timesOf() })
      return turn.phase
    },
    isSealing: async () => (await timesOf()).commitWindow > 0n,
    isSeated: async (round, worker) => {
      const known = knownOf(round)
      const isKnown = known.get(worker.toLowerCase())
      if (isKnown !== undefined) return isKnown

      const { from, until } = await positionOf(worker)
      if (known.size >= MOST_WORKERS_KEPT) known.clear()
      known.set(worker.toLowerCase(), from <= round && round < until)
      return from <= round && round < until
    },
  }
}
