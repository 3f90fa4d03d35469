/*
 * Reading logs from endpoints that accept only so many blocks at once. Every search of the SDK and of the nodes goes
 * through `readLogs`: it asks for the whole range, halves what the endpoint refuses, and remembers per endpoint what was
 * accepted. An error that halving cannot cure is thrown; it never becomes an empty answer. Below: the block that a search
 * has to begin at, and the network's own events, decoded.
 */
import { BaseError, getAbiItem, HttpRequestError, isAddressEqual, parseEventLogs } from 'viem'
import type {
  Abi,
  AbiEvent,
  Address,
  ContractEventName,
  GetLogsParameters,
  Hash,
  Log,
  PublicClient,
  TransactionReceipt,
} from 'viem'
import { topicNetworkAbi } from '../abis/topicNetworkAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { openTime } from '../maths/schedule.ts'
import type { RoundKey } from '../words/round.ts'
import { networkOf, onchain, readNetwork } from './calls.ts'
import type { Onchain, Target } from './calls.ts'

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

/* Which block a search has to begin at, so that nobody reads the logs of years for a round of an hour. */

/** Blocks that are not worth a search: a range this short is read whole. */
const NEAR = 1_000n
/** How far a chain may take blocks back, and with them the times that were seen. */
const DEPTH = 64n
/** Rounds whose block is remembered for each endpoint. */
const MOST = 4_096

const starts = new WeakMap<PublicClient, Map<string, bigint>>()

/** The blocks in which a round's events can stand: from shortly before its opening to the latest. */
export async function blocksOf(
  client: AuspexClient,
  { topic, round }: RoundKey,
): Promise<{ fromBlock: bigint; toBlock: bigint }> {
  const toBlock = await client.public.getBlockNumber({ cacheTime: 0 })
  const { fromBlock } = client
  if (toBlock < fromBlock + NEAR) return { fromBlock, toBlock }

  const own = startsOf(client.public)
  const key = `${client.network} ${topic} ${round}`
  const known = own.get(key)
  if (known !== undefined) return { fromBlock: known, toBlock }

  const times = await readNetwork(client, 'topicOf', [topic])
  const start = await blockBefore(client, { time: openTime(times, round), last: toBlock })
  if (own.size >= MOST) own.clear()
  own.set(key, start)
  return { fromBlock: start, toBlock }
}

/** A block from before a moment, at most `NEAR + DEPTH` blocks before it; the client's first block at the earliest. */
export async function blockBefore(
  client: AuspexClient,
  { time, last }: { time: bigint; last: bigint },
): Promise<bigint> {
  const timeOf = async (blockNumber: bigint) =>
    (await client.public.getBlock({ blockNumber })).timestamp
  let low = client.fromBlock
  let high = last
  let [lowTime, highTime] = await Promise.all([timeOf(low), timeOf(high)])
  if (time <= lowTime) return low

  // Blocks come at an even pace, as a rule: the first guess is good, and halving covers the rest.
  for (let isGuess = true; high - low > NEAR && time < highTime; isGuess = !isGuess) {
    const share = ((high - low) * (time - lowTime)) / (highTime - lowTime)
    const middle = isGuess ? within(low + share, low + 1n, high - 1n) : (low + high) / 2n
    const middleTime = await timeOf(middle)
    if (middleTime <= time) [low, lowTime] = [middle, middleTime]
    else [high, highTime] = [middle, middleTime]
  }
  const found = time >= highTime ? high : low
  return within(found - DEPTH, client.fromBlock, last)
}

function startsOf(endpoint: PublicClient): Map<string, bigint> {
  const known = starts.get(endpoint) ?? new Map<string, bigint>()
  starts.set(endpoint, known)
  return known
}

function within(value: bigint, least: bigint, most: bigint): bigint {
  if (value < least) return least
  return value > most ? most : value
}

/* EVENTS, decoded: the network's by its client, those of another contract by its ABI and address */

type NetworkAbi = typeof topicNetworkAbi
type ArgsOf<abi extends Abi, name extends ContractEventName<abi>> = Onchain<
  Extract<ReturnType<typeof parseEventLogs<abi, true, name>>[number], { eventName: name }>['args']
>
export type EventName = ContractEventName<NetworkAbi>
export type EventArgs<name extends EventName> = ArgsOf<NetworkAbi, name>

/** Which event is meant: of which round, and if a transaction may emit several for it, of whose list or which worker. */
export type EventKey = RoundKey & { committer?: Address; worker?: Address }

/** Where logs are looked for; from the round's opening to the latest block where not given. */
export type LogRange = { fromBlock?: bigint; toBlock?: bigint }

/** The event that a contract emitted in a transaction, of a round if one is named; undefined if there is none. */
export function eventFrom<const abi extends Abi, const name extends ContractEventName<abi>>(
  { abi, address }: Target<abi>,
  receipt: TransactionReceipt,
  eventName: name,
  key?: EventKey,
): ArgsOf<abi, name> | undefined {
  const own = receipt.logs.filter((log) => isAddressEqual(log.address, address))
  const emitted = decode(abi, eventName, own)
  return key === undefined ? emitted[0] : emitted.find(isOf(key))
}

/** As `eventFrom`, where a transaction that succeeded cannot have left it out. */
export function requireEventFrom<const abi extends Abi, const name extends ContractEventName<abi>>(
  target: Target<abi>,
  receipt: TransactionReceipt,
  eventName: name,
  key?: EventKey,
): ArgsOf<abi, name> {
  const args = eventFrom(target, receipt, eventName, key)
  if (args !== undefined) return args
  throw new Error(
    `Transaction ${receipt.transactionHash} succeeded without ${eventName}: is ${target.address} the right contract?`,
  )
}

/** As `eventFrom`, of the network. */
export function eventIn<const name extends EventName>(
  client: AuspexClient,
  receipt: TransactionReceipt,
  eventName: name,
  key?: EventKey,
): EventArgs<name> | undefined {
  return eventFrom(networkOf(client), receipt, eventName, key)
}

/** As `requireEventFrom`, of the network. */
export function requireEvent<const name extends EventName>(
  client: AuspexClient,
  receipt: TransactionReceipt,
  eventName: name,
  key?: EventKey,
): EventArgs<name> {
  return requireEventFrom(networkOf(client), receipt, eventName, key)
}

/** The events of one round, or of one committer in it, oldest first; no more than `most` of them. */
export async function eventsOf<const name extends EventName>(
  client: AuspexClient,
  eventName: name,
  params: EventQuery,
): Promise<EventArgs<name>[]> {
  return decode(topicNetworkAbi, eventName, await logsOf(client, eventName, params))
}

/** As `eventsOf`, each with the transaction that emitted it. */
export async function eventsWithTransactions<const name extends EventName>(
  client: AuspexClient,
  eventName: name,
  params: EventQuery,
): Promise<{ args: EventArgs<name>; transactionHash: Hash }[]> {
  const logs = await logsOf(client, eventName, params)
  return logs.flatMap((log) =>
    decode(topicNetworkAbi, eventName, [log]).map((args) => ({
      args,
      transactionHash: log.transactionHash!,
    })),
  )
}

async function logsOf(
  client: AuspexClient,
  eventName: EventName,
  { topic, round, committer, fromBlock, toBlock, most }: EventQuery,
): Promise<Log[]> {
  const blocks =
    fromBlock === undefined || toBlock === undefined
      ? await blocksOf(client, { topic, round })
      : { fromBlock, toBlock }
  return readLogs(client, {
    event: getAbiItem({ abi: topicNetworkAbi, name: eventName } as never) as AbiEvent,
    args: { topic, round, ...(committer !== undefined && { committer }) },
    fromBlock: fromBlock ?? blocks.fromBlock,
    toBlock: toBlock ?? blocks.toBlock,
    ...(most !== undefined && { most }),
  })
}

type EventQuery = RoundKey & LogRange & { committer?: Address; most?: number }

/** The tools hash every event of the abi they are given, each time they look for one: they are given the one. */
function decode<abi extends Abi, name extends ContractEventName<abi>>(
  abi: abi,
  name: name,
  logs: Log[],
): ArgsOf<abi, name>[] {
  const event = getAbiItem({ abi, name } as never) as AbiEvent
  return parseEventLogs({ abi: [event], logs }).map(
    ({ args }) => onchain(args) as unknown as ArgsOf<abi, name>,
  )
}

/** A transaction may emit events of several rounds, and of several lists and workers in each. */
function isOf({ topic, round, committer, worker }: EventKey) {
  return (args: object) => {
    const own = args as Partial<EventKey>
    const isOfRound = own.topic === topic.toLowerCase() && own.round === round
    return isOfRound && isSame(own.committer, committer) && isSame(own.worker, worker)
  }
}

function isSame(emitted: Address | undefined, wanted: Address | undefined): boolean {
  return wanted === undefined || (emitted !== undefined && isAddressEqual(emitted, wanted))
}
