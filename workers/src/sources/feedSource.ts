import { createPublicClient, fallback, formatUnits, http, parseAbi } from 'viem'
import type { Address, PublicClient } from 'viem'
import type { DataSource } from './dataSource.ts'
import { createHistory } from './history.ts'
import type { Bar } from './history.ts'
import { barsIn } from './parseBars.ts'

export type FeedSource = {
  kind: 'feed'
  /** JSON-RPC nodes of the feed's chain, tried in this order. */
  urls: readonly string[]
  /** A feed in Chainlink's shape: a price feed, or the view of another topic's forecasts. */
  feed: Address
  /** Length of a bar, seconds. */
  bar: number
  /** Answers from this moment on make bars, unix seconds; fixed, so that a later look begins with the same bar. */
  from: number
  maxAge?: number | undefined
}

/** An answer of the feed: decimal text and unix seconds. */
type Update = { value: string; at: number }

const abi = parseAbi([
  'function decimals() view returns (uint8)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
  'function getRoundData(uint80 roundId) view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
])
/** Rounds are asked for so many at once. */
const AT_ONCE = 50
const MOST_ROUNDS = 20_000
/** The low bits of a round's id count within a phase of the feed. */
const COUNT = (1n << 64n) - 1n

/** Bars out of a feed's rounds: a bar is known when it is over, and one without answers repeats the last close. */
export function feedSource(
  config: FeedSource,
  client: PublicClient = createPublicClient({
    transport: fallback(config.urls.map((url) => http(url))),
  }),
): DataSource {
  const { feed, bar, from } = config
  const name = `feed ${feed}`
  const updates = new Map<bigint, Update>()
  let decimals: number | undefined

  /** Reads what is new since the last look, and gives the time of the chain's head. */
  async function look(): Promise<number> {
    const { number, timestamp } = await client.getBlock()
    const call = { address: feed, abi, blockNumber: number } as const
    decimals ??= await client.readContract({ ...call, functionName: 'decimals' })
    const [latest] = await client.readContract({ ...call, functionName: 'latestRoundData' })
    const first = (latest & ~COUNT) + 1n
    for (let last = latest; last >= first; last -= BigInt(AT_ONCE)) {
      const ids = Array.from({ length: AT_ONCE }, (_, i) => last - BigInt(i)).filter(
        (id) => id >= first && !updates.has(id),
      )
      const read = await Promise.all(
        ids.map((id) => client.readContract({ ...call, functionName: 'getRoundData', args: [id] })),
      )
      for (const [id, answer, , updatedAt] of read) {
        updates.set(id, { value: formatUnits(answer, decimals), at: Number(updatedAt) })
      }
      if (updates.size > MOST_ROUNDS) {
        throw new Error(`${name} has more than ${MOST_ROUNDS} rounds since then. Begin later`)
      }
      const isKnown = ids.length === 0
      const isBefore = read.some(([, , , updatedAt]) => Number(updatedAt) < from)
      if (isKnown || isBefore) break
    }
    return Number(timestamp)
  }

  return {
    name,
    async read({ now, published }) {
      const head = await look().catch((error: Error & { shortMessage?: string }) => {
        throw new Error(`${name} cannot be read: ${error.shortMessage ?? error.message}`)
      })
      const due = Math.floor(now / bar) * bar
      if (Number.isFinite(now) && due > head) {
        const [at, end] = [head, due].map((time) => new Date(time * 1000).toISOString())
        throw new Error(
          `the chain of ${name} is at ${at}, and the bar that ended at ${end} may grow`,
        )
      }
      const bars = barsOf({ updates: [...updates.values()], bar, from, head, name })
      return createHistory({ bars, now, published })
    },
  }
}

/** The bars that are over by `head`. */
export function barsOf(options: {
  updates: readonly Update[]
  bar: number
  from: number
  head: number
  name: string
}): Bar[] {
  const { bar, from, head, name } = options
  const updates = options.updates.filter(({ at }) => at >= from).sort((a, b) => a.at - b.at)
  if (updates.length === 0) return []

  const endOf = (at: number) => Math.ceil(at / bar) * bar
  const rows = updates.map(({ value, at }, i) => ({
    line: i + 1,
    cells: { date: String(i + 1e9), close: value },
    at,
  }))
  // The same strict reading as of a file, number by number; times are the chain's own.
  const parsed = barsIn({ file: name, rows, time: 'seconds' })
  if (parsed.status === 'invalid') {
    throw new Error(`${name}, answer ${parsed.line}: ${parsed.reason}`)
  }
  const prices = parsed.bars.map(({ close }) => close)
  const bars: Bar[] = []
  let next = 0
  let last = prices[0]!
  for (let end = endOf(updates[0]!.at); end <= head; end += bar) {
    const inside: number[] = []
    for (; next < updates.length && updates[next]!.at <= end; next++) inside.push(prices[next]!)
    const all = inside.length > 0 ? inside : [last]
    const close = all.at(-1)!
    bars.push({
      time: end,
      open: all[0]!,
      high: Math.max(...all),
      low: Math.min(...all),
      close,
      volume: inside.length,
    })
    last = close
  }
  return bars
}
