import { getAbiItem } from 'viem'
import type { Address } from 'viem'
import { getPosition, getSeat, readLogs } from '@auspex/sdk'
import { topicNetworkAbi } from '@auspex/sdk/abis'
import type { AuspexClient, RoundKey } from '@auspex/sdk'

const event = getAbiItem({ abi: topicNetworkAbi, name: 'SeatTaken' })

/** Who had a seat in a round, also where it was left or taken since. */
export async function findHolder(
  client: AuspexClient,
  { topic, round, seat }: RoundKey & { seat: bigint },
): Promise<Address | undefined> {
  const occupant = await getSeat(client, { topic, seat })
  if (occupant !== undefined) {
    const { from } = await getPosition(client, { topic, worker: occupant })
    if (from <= round) return occupant
  }

  const logs = await readLogs(client, { event, args: { topic } })
  const terms = logs.filter(({ args }) => BigInt(args.seat) === seat && args.from <= round)
  return terms.at(-1)?.args.worker
}
