import { getAbiItem, isAddressEqual } from 'viem'
import type { Address, Hex } from 'viem'
import { getCommitments, topicNetworkAbi } from '@auspex/sdk'
import type { AuspexClient, RoundKey } from '@auspex/sdk'
import type { CommittedList } from './worker.ts'

/** Anyone may commit any list, so only so many are looked into; those of known committers come first. */
const MOST_LISTS = 64

const event = getAbiItem({ abi: topicNetworkAbi, name: 'PredictionsCommitted' })

/** The committed list of a round that holds a commitment. */
export async function findList(
  client: AuspexClient,
  options: RoundKey & { commitment: Hex; known: readonly Address[] },
): Promise<CommittedList | undefined> {
  const { topic, round, commitment, known } = options
  const logs = await client.public.getLogs({
    address: client.network,
    event,
    args: { topic, round },
    fromBlock: client.fromBlock,
    strict: true,
  })
  const isKnown = (committer: Address) => known.some((each) => isAddressEqual(each, committer))
  const committers = logs.map(({ args }) => args.committer)
  const ordered = [
    ...committers.filter((each) => isKnown(each)),
    ...committers.filter((each) => !isKnown(each)),
  ]

  for (const committer of ordered.slice(0, MOST_LISTS)) {
    const commitments = await getCommitments(client, { topic, round, committer })
    const holds = commitments?.some((each) => each.toLowerCase() === commitment.toLowerCase())
    if (commitments && holds) return { committer, commitments }
  }
  return undefined
}
