import type { AuspexClient } from '../client.ts'
import { refusal } from '../errors.ts'
import { unpack, unpackSigned } from '../maths/float.ts'
import { readNetwork } from '../readNetwork.ts'
import { unpackTenure } from '../tenure.ts'
import { domainKinds } from '../types.ts'
import type { Topic, TopicId } from '../types.ts'

/**
 * A topic as the network holds it, its floats unpacked.
 * @throws AuspexError UnknownTopic
 */
export async function getTopic(
  client: AuspexClient,
  { topic }: { topic: TopicId },
): Promise<Topic> {
  const kept = await readNetwork(client, 'topicOf', [topic])
  if (kept.cadence === 0n) throw refusal('UnknownTopic', { topic })

  const { tenure, ...rest } = kept
  const { era, count } = unpackTenure(tenure)
  return {
    ...rest,
    domain: domainKinds[Number(kept.domain)]!,
    minWager: unpack(kept.minWager),
    center: unpackSigned(kept.center),
    sigma: unpack(kept.sigma),
    peak: unpack(kept.peak),
    feedError: unpack(kept.feedError),
    anchorRegret: unpackSigned(kept.anchorRegret),
    anchorEnergy: unpack(kept.anchorEnergy),
    meanRegret: unpackSigned(kept.meanRegret),
    meanEnergy: unpack(kept.meanEnergy),
    widthBelow: unpack(kept.widthBelow),
    widthAbove: unpack(kept.widthAbove),
    anchorError: unpack(kept.anchorError),
    bias: unpackSigned(kept.bias),
    usual: unpack(kept.usual),
    era,
    settled: count,
  }
}
