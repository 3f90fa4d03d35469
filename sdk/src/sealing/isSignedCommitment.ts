import type { Address, Hex } from 'viem'
import { isSigned } from '../maths/commitments.ts'
import { domainHashOf } from '../typedData.ts'
import type { Place } from '../typedData.ts'
import type { CompactSignature, RoundKey } from '../types.ts'

/** Whether a worker signed its commitment, as the network will check it. */
export async function isSignedCommitment({
  chainId,
  network,
  topic,
  round,
  commitment,
  ...signed
}: Place & RoundKey & { commitment: Hex; worker: Address } & CompactSignature): Promise<boolean> {
  return isSigned(domainHashOf({ chainId, network }), topic, round, commitment, signed)
}
