import { getAbiItem, isAddressEqual, parseEventLogs } from 'viem'
import type { AbiEvent, Address, ContractEventName, Hash, Log, TransactionReceipt } from 'viem'
import { topicNetworkAbi } from '../abis/topicNetworkAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { blocksOf } from './blocks.ts'
import { readLogs } from './logs.ts'
import { onchain } from './encode.ts'
import type { Onchain } from './encode.ts'
import type { RoundKey } from '../words/round.ts'

type Abi = typeof topicNetworkAbi
export type EventName = ContractEventName<Abi>
export type EventArgs<name extends EventName> = Onchain<
  Extract<ReturnType<typeof parseEventLogs<Abi, true, name>>[number], { eventName: name }>['args']
>

/** Which event is meant: of which round, and if a transaction may emit several for it, of whose list or which worker. */
export type EventKey = RoundKey & { committer?: Address; worker?: Address }

/** Where logs are looked for; from the round's opening to the latest block where not given. */
export type LogRange = { fromBlock?: bigint; toBlock?: bigint }

/** The event that the network emitted in a transaction, of a round if one is named; undefined if there is none. */
export function eventIn<const name extends EventName>(
  client: AuspexClient,
  receipt: TransactionReceipt,
  eventName: name,
  key?: EventKey,
): EventArgs<name> | undefined {
  const told = argsOf(eventName, receipt.logs.filter(isFrom(client)))
  return key === undefined ? told[0] : told.find(isOf(key))
}

/** As `eventIn`, where a transaction that succeeded cannot have left it out. */
export function toldIn<const name extends EventName>(
  client: AuspexClient,
  receipt: TransactionReceipt,
  eventName: name,
  key?: EventKey,
): EventArgs<name> {
  const args = eventIn(client, receipt, eventName, key)
  if (args === undefined) {
    throw new Error(
      `Transaction ${receipt.transactionHash} succeeded without ${eventName}: is ${client.network} the network?`,
    )
  }
  return args
}

/** The events of one round, or of one committer in it, oldest first; no more than `most` of them. */
export async function toldOf<const name extends EventName>(
  client: AuspexClient,
  eventName: name,
  params: ToldParams,
): Promise<EventArgs<name>[]> {
  return argsOf(eventName, await logsOf(client, eventName, params))
}

/** As `toldOf`, each with the transaction that emitted it. */
export async function toldWithTransactions<const name extends EventName>(
  client: AuspexClient,
  eventName: name,
  params: ToldParams,
): Promise<{ args: EventArgs<name>; transactionHash: Hash }[]> {
  const logs = await logsOf(client, eventName, params)
  return logs.flatMap((log) =>
    argsOf(eventName, [log]).map((args) => ({ args, transactionHash: log.transactionHash! })),
  )
}

async function logsOf(
  client: AuspexClient,
  eventName: EventName,
  { topic, round, committer, fromBlock, toBlock, most }: ToldParams,
): Promise<Log[]> {
  const blocks =
    fromBlock === undefined || toBlock === undefined
      ? await blocksOf(client, { topic, round })
      : { fromBlock, toBlock }
  return readLogs(client, {
    event: eventOf(eventName),
    args: { topic, round, ...(committer !== undefined && { committer }) },
    fromBlock: fromBlock ?? blocks.fromBlock,
    toBlock: toBlock ?? blocks.toBlock,
    ...(most !== undefined && { most }),
  })
}

type ToldParams = RoundKey & LogRange & { committer?: Address; most?: number }

function argsOf<const name extends EventName>(eventName: name, logs: Log[]): EventArgs<name>[] {
  const parsed = parseEventLogs({ abi: [eventOf(eventName)], logs })
  return parsed.map(({ args }) => onchain(args) as EventArgs<name>)
}

/** The tools hash every event of the abi they are given, each time they look for one. */
function eventOf(name: EventName): AbiEvent {
  return getAbiItem({ abi: topicNetworkAbi, name } as never) as AbiEvent
}

function isFrom(client: AuspexClient) {
  const network = client.network.toLowerCase()
  return (log: Log) => log.address.toLowerCase() === network
}

/** A transaction may emit events of several rounds, and of several lists and workers in each. */
function isOf({ topic, round, committer, worker }: EventKey) {
  return (args: object) => {
    const told = args as Partial<EventKey>
    const isOfRound = told.topic === topic.toLowerCase() && told.round === round
    return isOfRound && isSame(told.committer, committer) && isSame(told.worker, worker)
  }
}

function isSame(told: Address | undefined, wanted: Address | undefined): boolean {
  return wanted === undefined || (told !== undefined && isAddressEqual(told, wanted))
}
