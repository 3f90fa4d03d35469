import { topicNetworkAbi } from '@auspex/sdk/abis'
import { formatLog, parseEventLogs } from 'viem'
import type { Address, Hex, RpcLog } from 'viem'
import { applyEvent } from '../indexer/applyEvent.ts'
import type { Store } from './openStore.ts'

/** Answers several calls of JSON-RPC at once. */
type Request = (
  calls: readonly (readonly [method: string, params?: readonly unknown[]])[],
) => Promise<unknown[]>

/** Reads what a chain has added since the last call into a store. */
export type Follower = { catchUp(): Promise<{ block: number; at: number }> }

/**
 * Follows a chain that is never reorganised. Calls of `catchUp` that come while one is at work wait for it, so that events
 * are applied once and in their order.
 */
export function followChain({
  request,
  network,
  store,
}: {
  request: Request
  network: Address
  store: Store
}): Follower {
  let next = 0
  /** Events from block `next` on that the tables have already: a look that failed midway applies none of them twice. */
  let applied = 0
  let at = 0
  let queue: Promise<unknown> = Promise.resolve()

  async function timesOf(blocks: Iterable<number>): Promise<Map<number, number>> {
    const numbers = [...blocks]
    const calls = numbers.map((block) => ['eth_getBlockByNumber', [hex(block), false]] as const)
    const found = (await request(calls)) as { timestamp: Hex }[]
    return new Map(numbers.map((block, i) => [block, Number(found[i]!.timestamp)]))
  }

  async function read() {
    const head = Number((await request([['eth_blockNumber']]))[0])
    if (head < next) return { block: head, at }
    const range = { address: network, fromBlock: hex(next), toBlock: hex(head) }
    const raw = (await request([['eth_getLogs', [range]]]))[0] as RpcLog[]
    const logs = parseEventLogs({ abi: topicNetworkAbi, logs: raw.map((log) => formatLog(log)) })
    const blocks = new Set([...logs.map(({ blockNumber }) => Number(blockNumber)), head])
    const times = await timesOf(blocks)
    for (const log of logs.slice(applied)) {
      await applyEvent(store.tables, {
        name: log.eventName,
        args: log.args as never,
        block: Number(log.blockNumber),
        at: times.get(Number(log.blockNumber))!,
        transaction: log.transactionHash!,
        place: log.logIndex!,
      })
      applied += 1
    }
    next = head + 1
    applied = 0
    await store.flush()
    at = times.get(head)!
    return { block: head, at }
  }

  return {
    catchUp() {
      const result = queue.then(read)
      queue = result.catch(() => undefined)
      return result
    },
  }
}

function hex(block: number): Hex {
  return `0x${block.toString(16)}`
}
