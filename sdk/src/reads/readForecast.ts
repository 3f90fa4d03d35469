import type { PublicClient } from 'viem'
import { networkFeedAbi } from '../abis/networkFeedAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { explain, refusal } from '../contract/errors.ts'
import { feedStatuses } from '../words/forecast.ts'
import type { Forecast } from '../words/forecast.ts'
import type { TopicId } from '../words/topic.ts'

/** What the contract's interval ends at before one is promised: the widest that its slot can hold. */
const NO_PROMISE = 2n ** 103n - 1n

/** Questions never change, so each is asked for once. */
const descriptions = new WeakMap<PublicClient, Map<string, Promise<string>>>()

/**
 * A topic's latest forecast, with its question and its age. Nothing was ever published where the status is void: the value
 * is then zero and not usable. Throws UnknownTopic where the network has no such topic.
 *
 * @example
 * ```ts
 * import { createAuspex, readForecast } from '@auspex/sdk'
 * import type { TopicId } from '@auspex/sdk'
 * import { createPublicClient, http } from 'viem'
 *
 * const publicClient = createPublicClient({ transport: http('http://127.0.0.1:8545') })
 * const auspex = await createAuspex({ network: '0x5FbDB2315678afecb367f032d93F642f64180aa3', publicClient })
 * const topic: TopicId = `0x${'00'.repeat(32)}`
 *
 * const { description, value, interval, isUsable, ageSeconds } = await readForecast(auspex, { topic })
 * if (isUsable && ageSeconds < 3600n) console.log(description, value, interval ?? 'no interval yet')
 * ```
 */
export async function readForecast(
  client: AuspexClient,
  { topic }: { topic: TopicId },
): Promise<Forecast> {
  const call = { address: client.network, abi: networkFeedAbi, args: [topic] } as const
  const read = client.public.readContract({ ...call, functionName: 'read' }).catch((error) => {
    throw explain(error)
  })
  const [forecast, description, now] = await Promise.all([
    read,
    descriptionOf(client, topic),
    client.now(),
  ])
  const { lower, upper, publishedAt, ...rest } = forecast
  const status = feedStatuses[forecast.status]!
  return {
    ...rest,
    publishedAt,
    interval: upper === NO_PROMISE ? null : { lower, upper },
    ageSeconds: now > publishedAt ? now - publishedAt : 0n,
    status,
    isUsable: status === 'live',
    description,
  }
}

/** What a topic asks, in the words it was created with. */
function descriptionOf(client: AuspexClient, topic: TopicId): Promise<string> {
  const { network, public: endpoint } = client
  const known = descriptions.get(endpoint) ?? new Map<string, Promise<string>>()
  descriptions.set(endpoint, known)
  const key = `${network} ${topic}`
  const asked = known.get(key) ?? ask(client, topic)
  known.set(key, asked)
  asked.catch(() => known.delete(key))
  return asked
}

async function ask({ network, public: endpoint }: AuspexClient, topic: TopicId): Promise<string> {
  const call = { address: network, abi: networkFeedAbi, functionName: 'descriptionOf' } as const
  const description = await endpoint.readContract({ ...call, args: [topic] }).catch((error) => {
    throw explain(error)
  })
  // Every topic has a question of at least one byte.
  if (description === '') throw refusal('UnknownTopic', { topic })
  return description
}
