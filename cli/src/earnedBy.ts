import { getAbiItem } from 'viem'
import type { Address } from 'viem'
import { readLogs } from '@auspex/sdk'
import { topicNetworkAbi } from '@auspex/sdk/abis'
import type { AuspexClient, Position, TopicId } from '@auspex/sdk'

const activatedEvent = getAbiItem({ abi: topicNetworkAbi, name: 'Activated' })
const withdrawnEvent = getAbiItem({ abi: topicNetworkAbi, name: 'Withdrawn' })
const rotatedEvent = getAbiItem({ abi: topicNetworkAbi, name: 'SignerRotated' })

/**
 * What a worker gained or lost by its predictions so far: what is there and what was taken out, less what was put in.
 * Undefined where a node does not look for logs that far back, or another signer had the position before.
 */
export async function earnedBy(
  client: AuspexClient,
  { topic, worker, position }: { topic: TopicId; worker: Address; position: Position },
): Promise<bigint | undefined> {
  const args = { topic, worker }
  const read = Promise.all([
    readLogs(client, { event: activatedEvent, args }),
    readLogs(client, { event: withdrawnEvent, args }),
    readLogs(client, { event: rotatedEvent, args: { topic, to: worker } }),
  ])
  const told = await read.catch(() => undefined)
  if (told === undefined) return undefined

  const [activated, withdrawn, rotated] = told
  if (rotated.length > 0) return undefined
  return position.stake + position.leaving + sumOf(withdrawn) - sumOf(activated)
}

function sumOf(events: readonly { args: { amount: bigint } }[]): bigint {
  return events.reduce((sum, { args }) => sum + args.amount, 0n)
}
