import type { Hex } from 'viem'
import type { AuspexClient } from '../client.ts'
import { commitmentTypedData, compactSignature } from '../typedData.ts'
import type { CompactSignature, RoundKey } from '../types.ts'

/** The caller, a worker, signs its commitment so that a reputer can commit and reveal for it. Sends nothing. */
export async function signCommitment(
  client: AuspexClient,
  { topic, round, commitment }: RoundKey & { commitment: Hex },
): Promise<CompactSignature> {
  const { chainId, network } = client
  const data = commitmentTypedData({ chainId, network, topic, round, commitment })
  return compactSignature(await client.signTypedData(data))
}
