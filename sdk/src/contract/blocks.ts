/* Which block a search has to begin at, so that nobody reads the logs of years for a round of an hour. */
import type { PublicClient } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { openTime } from '../maths/schedule.ts'
import { readNetwork } from './read.ts'
import type { RoundKey } from '../words/round.ts'

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
