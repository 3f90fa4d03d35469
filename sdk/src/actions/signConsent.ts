import type { Address } from 'viem'
import type { AuspexClient } from '../client.ts'
import { compactSignature, consentTypedData } from '../typedData.ts'
import type { CompactSignature, TopicId } from '../types.ts'

/** The caller, a signer, agrees that `owner` stakes behind it in a topic. Sends nothing. */
export async function signConsent(
  client: AuspexClient,
  { topic, owner }: { topic: TopicId; owner: Address },
): Promise<CompactSignature> {
  const { chainId, network } = client
  const data = consentTypedData({ chainId, network, topic, owner })
  return compactSignature(await client.signTypedData(data))
}
