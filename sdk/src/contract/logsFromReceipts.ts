import { encodeEventTopics, isAddressEqual } from 'viem'
import type { AbiEvent, Address, Hash, Log, PublicClient } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'

type LogQuery = { event: AbiEvent; args?: object; fromBlock?: bigint; toBlock?: bigint }

/**
 * A client that finds the network's logs without asking for logs: it takes them from the receipts of the blocks between two
 * moments of chain time (unix seconds, the second one not included). For endpoints whose log queries fail, are limited or
 * say less than the chain holds. Everything else is asked as before.
 */
export function logsFromReceipts(
  client: AuspexClient,
  { from, to }: { from: bigint; to: bigint },
): AuspexClient {
  let gathered: Promise<Log[]> | undefined

  async function getLogs({ event, args = {}, ...range }: LogQuery): Promise<Log[]> {
    gathered ??= gather(client, { from, to }).catch((error: unknown) => {
      gathered = undefined
      throw error
    })
    const wanted = encodeEventTopics({ abi: [event], eventName: event.name, args } as never)
    const { fromBlock = 0n, toBlock } = range
    return (await gathered).filter((log) => {
      const number = log.blockNumber!
      const isInRange = number >= fromBlock && (toBlock === undefined || number <= toBlock)
      return isInRange && isWanted(log, wanted as readonly unknown[])
    })
  }
  return { ...client, public: { ...client.public, getLogs } as unknown as PublicClient }
}

function isWanted({ topics }: Log, wanted: readonly unknown[]): boolean {
  return wanted.every((topic, i) => topic == null || topic === topics[i])
}

async function gather(
  { public: chain, network, fromBlock }: AuspexClient,
  { from, to }: { from: bigint; to: bigint },
): Promise<Log[]> {
  const logs: Log[] = []
  const head = await chain.getBlockNumber({ cacheTime: 0 })
  for (let number = await firstFrom(chain, from, fromBlock, head); number <= head; number++) {
    const block = await chain.getBlock({ blockNumber: number })
    if (block.timestamp >= to) break
    if (block.transactions.length > 0)
      logs.push(...(await logsIn(chain, number, block.transactions)))
  }
  return logs.filter(({ address }) => isAddressEqual(address, network))
}

/** The first block of a range that is not older than a moment. */
async function firstFrom(
  chain: PublicClient,
  moment: bigint,
  low: bigint,
  high: bigint,
): Promise<bigint> {
  while (low < high) {
    const middle = (low + high) / 2n
    const { timestamp } = await chain.getBlock({ blockNumber: middle })
    if (timestamp < moment) low = middle + 1n
    else high = middle
  }
  return low
}

/** All receipts of a block at once; one by one where the endpoint does not know how. */
async function logsIn(
  chain: PublicClient,
  number: bigint,
  transactions: readonly Hash[],
): Promise<Log[]> {
  const request = { method: 'eth_getBlockReceipts', params: [`0x${number.toString(16)}`] }
  const receipts = (await chain.request(request as never).catch(() => undefined)) as
    readonly { logs: readonly RawLog[] }[] | null | undefined
  if (receipts) return receipts.flatMap((receipt) => receipt.logs.map((log) => asLog(log, number)))

  const each = await Promise.all(transactions.map((hash) => chain.getTransactionReceipt({ hash })))
  return each.flatMap((receipt) => receipt.logs as Log[])
}

type RawLog = { address: Address; topics: Log['topics']; data: Hash; transactionHash: Hash }

/** As much of a log as events are read from. */
function asLog({ address, topics, data, transactionHash }: RawLog, blockNumber: bigint): Log {
  return { address, topics, data, transactionHash, blockNumber } as Log
}
