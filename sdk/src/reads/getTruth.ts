import type { Address, Hex } from 'viem'
import { truthSourceAbi } from '../abis/truthSourceAbi.ts'
import type { AuspexClient } from '../client.ts'
import { explain } from '../errors.ts'
import { targetTime } from '../maths/schedule.ts'
import { truthStatuses } from '../types.ts'
import type { RoundKey, Times, TruthStatus } from '../types.ts'
import { getTopic } from './getTopic.ts'

/**
 * What a topic's truth source says of a round now, by its own contract's answer; `value` is 1e18 fixed point and zero
 * unless known. `state` spares reading the topic again.
 * @throws AuspexError UnknownTopic, or the truth source's own
 */
export async function getTruth(
  client: AuspexClient,
  {
    topic,
    round,
    proof = '0x',
    state,
  }: RoundKey & { proof?: Hex; state?: Times & { truth: Address } },
): Promise<{ status: TruthStatus; value: bigint }> {
  const terms = state ?? (await getTopic(client, { topic }))
  const [status, value] = await client.public
    .readContract({
      address: terms.truth,
      abi: truthSourceAbi,
      functionName: 'truthOf',
      args: [topic, round, targetTime(terms, round), proof],
      blockTag: 'pending',
    })
    .catch((error: unknown) => {
      throw explain(error)
    })
  return { status: truthStatuses[status]!, value }
}
