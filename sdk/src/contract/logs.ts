/*
 * Reading logs from endpoints that accept only so many blocks at once. Every search of the SDK and of the nodes goes
 * through `readLogs`: it asks for the whole range, halves what the endpoint refuses, and remembers per endpoint what was
 * accepted. An error that halving cannot cure is thrown; it never becomes an empty answer.
 */
import { BaseError, HttpRequestError } from 'viem'
import type { AbiEvent, Address, GetLogsParameters, Log, PublicClient } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'

type Reader = Pick<AuspexClient, 'public' | 'network' | 'fromBlock'>

export type LogQuery<event extends AbiEvent> = {
  event: event
  /** Values of indexed parameters. */
  args?: GetLogsParameters<event>['args']
  /** Whose logs; the network's if omitted. */
  address?: Address
  /** The client's first block if omitted. */
  fromBlock?: bigint
  /** The latest block if omitted. */
  toBlock?: bigint
  /** The search ends as soon as this many logs are found; all of them if omitted. */
  most?: number
}

export type EventLog<event extends AbiEvent> = Log<bigint, number, false, event, true>

/** A search that goes on where it ended: each call gives what came since the one before. */
export type LogReader<event extends AbiEvent> = {
  /**
   * Logs since the last call, oldest first, up to `toBlock` or the latest block. What was read before an endpoint failed
   * is kept: the next call continues behind it and gives it too.
   */
  next: (options?: { toBlock?: bigint }) => Promise<EventLog<event>[]>
  /** The first block that the next call will ask for. */
  position: () => bigint
}

/** Logs of an event, oldest first, in as many pieces as the endpoint wants. */
export async function readLogs<const event extends AbiEvent>(
  client: Reader,
  { toBlock, ...query }: LogQuery<event>,
): Promise<EventLog<event>[]> {
  return createLogReader(client, query).next(toBlock === undefined ? {} : { toBlock })
}

/** A search that resumes, for nodes that look again and again and for ranges that outlast an endpoint's patience. */
export function createLogReader<const event extends AbiEvent>(
  client: Reader,
  query: Omit<LogQuery<event>, 'toBlock'>,
): LogReader<event> {
  const { most = Infinity } = query
  let from = query.fromBlock ?? client.fromBlock
  let found: EventLog<event>[] = []

  return {
    position: () => from,
    next: async ({ toBlock } = {}) => {
      const last = toBlock ?? (await client.public.getBlockNumber({ cacheTime: 0 }))
      const pieces = piecesOf(client.public)
      while (from <= last && found.length < most) {
        const size = pieces.size(last - from + 1n)
        const to = from + size - 1n
        const logs = await pieceOf(client, query, { from, to }).catch((error: unknown) => {
          if (size === 1n || !isTooMuch(error)) throw error
          pieces.refused(size)
          return undefined
        })
        if (logs === undefined) continue
        pieces.accepted(size)
        found.push(...logs)
        from = to + 1n
      }
      const result = found
      found = []
      return result
    },
  }
}

async function pieceOf<event extends AbiEvent>(
  client: Reader,
  { event, args, address = client.network }: LogQuery<event>,
  { from, to }: { from: bigint; to: bigint },
): Promise<EventLog<event>[]> {
  const call = { address, event, args, fromBlock: from, toBlock: to, strict: true }
  return (await client.public.getLogs(call as never)) as unknown as EventLog<event>[]
}

/** Largest number of blocks that an endpoint has accepted after it refused a larger one. */
const accepted = new WeakMap<PublicClient, bigint>()

/** How many blocks to ask for next: a size that was refused in this search is never asked for again in it. */
function piecesOf(endpoint: PublicClient) {
  let size = accepted.get(endpoint)
  let limit: bigint | undefined
  return {
    size: (wanted: bigint): bigint => (size === undefined || wanted < size ? wanted : size),
    refused: (tried: bigint): void => {
      limit = tried
      size = tried / 2n
    },
    accepted: (tried: bigint): void => {
      if (size === undefined || tried < size) return
      accepted.set(endpoint, tried)
      // An endpoint that once refused for the number of logs, and not of blocks, gets larger pieces again.
      if (limit === undefined || tried * 2n < limit) size = tried * 2n
    },
  }
}

/** No such method, and viem's code for an error without one: smaller pieces do not help. */
const NOT_ABOUT_SIZE = [-32601, -1]
/** HTTP statuses of answers that a smaller question may avoid: bad request, too large, unprocessable. */
const TOO_MUCH = [400, 413, 422]

/**
 * Whether an endpoint answered, and refused. Endpoints word this in a hundred ways and under any code; a line that is dead
 * or a server in trouble (429, 5xx) is not an answer.
 */
function isTooMuch(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false
  const http = error.walk((cause) => cause instanceof HttpRequestError)
  if (http instanceof HttpRequestError) return TOO_MUCH.includes(http.status ?? 0)
  const answer = error.walk((cause) => typeof (cause as { code?: unknown }).code === 'number')
  return answer !== null && !NOT_ABOUT_SIZE.includes((answer as BaseError & { code: number }).code)
}
