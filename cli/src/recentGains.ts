import type { Address } from 'viem'
import { getGains } from '@auspex/sdk'
import type { AuspexClient, TopicId } from '@auspex/sdk'

/** Rounds that are looked at: each takes a few questions to the node. */
const ROUNDS = 12n

/** What a worker won and lost in its latest rounds, and from whom; token base units. */
export type RecentGains = {
  /** How many rounds with a truth it took part in. */
  rounds: number
  /** From the pool, for taking part. */
  takingPart: bigint
  /** From the pool, by doing better or worse than the naive forecast. */
  pool: bigint
  /** From the other workers. */
  peers: bigint
}

/** Sums up the latest rounds up to `round`; undefined where a node does not look for logs that far back. */
export async function recentGains(
  client: AuspexClient,
  { topic, worker, round }: { topic: TopicId; worker: Address; round: bigint },
): Promise<RecentGains | undefined> {
  const first = round < ROUNDS ? 0n : round - ROUNDS + 1n
  const rounds = Array.from({ length: Number(round - first) + 1 }, (_, i) => first + BigInt(i))
  const read = Promise.all(rounds.map((each) => getGains(client, { topic, worker, round: each })))
  const gains = await read.catch(() => undefined)
  const told = gains?.filter((each) => each !== undefined)
  if (told === undefined) return undefined

  return {
    rounds: told.length,
    takingPart: told.reduce((sum, { reward }) => sum + reward, 0n),
    pool: told.reduce((sum, { pool }) => sum + pool, 0n),
    peers: told.reduce((sum, { peers }) => sum + peers, 0n),
  }
}
