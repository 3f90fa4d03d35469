import type { Hex, Address } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { commitmentTypedData, compactSignature, consentTypedData } from '../words/typedData.ts'
import type { CompactSignature, Consent } from '../words/typedData.ts'
import type { RoundKey } from '../words/round.ts'
import type { TopicId } from '../words/topic.ts'

/**
 * The caller, a worker, signs its commitment so that a reputer can commit and reveal for it. Sends nothing.
 *
 * @example
 * ```ts
 * import { seal, signCommitment } from '@auspex/sdk'
 *
 * const { chainId, network } = auspex
 * const place = { chainId, network, topic, round, worker, saltKey }
 * const { commitment } = await seal({ ...place, value, confidence: 5_000n })
 * const signature = await signCommitment(auspex, { topic, round, commitment })
 * ```
 */
export async function signCommitment(
  client: AuspexClient,
  { topic, round, commitment }: RoundKey & { commitment: Hex },
): Promise<CompactSignature> {
  const { chainId, network } = client
  const data = commitmentTypedData({ chainId, network, topic, round, commitment })
  return compactSignature(await client.signTypedData(data))
}

/** How long a consent may be used by default, seconds. */
export const CONSENT_LASTS = 30n * 86_400n

/**
 * The caller, a signer, agrees that `owner` stakes behind it in a topic, until `deadline` (unix time; 30 days from now if
 * omitted) or until the signer has an owner, whichever comes first. Sends nothing.
 *
 * @example
 * ```ts
 * import { signConsent } from '@auspex/sdk'
 *
 * const consent = await signConsent(auspex, { topic, owner })
 * ```
 */
export async function signConsent(
  client: AuspexClient,
  { topic, owner, ...given }: { topic: TopicId; owner: Address; deadline?: bigint },
): Promise<Consent> {
  const { chainId, network } = client
  const deadline = given.deadline ?? (await client.now()) + CONSENT_LASTS
  const data = consentTypedData({ chainId, network, topic, owner, deadline })
  return { deadline, ...compactSignature(await client.signTypedData(data)) }
}
