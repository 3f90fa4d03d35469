import { zeroHash } from 'viem'
import type { Address, Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import type { CompactSignature, WorkerKey } from '../types.ts'
import { write } from '../write.ts'

export type RotateParams = WorkerKey & {
  /** The new signer. */
  signer: Address
  /** Its agreement (see signConsent); not needed where the owner itself is the new signer. */
  consent?: CompactSignature
}

/**
 * Moves a revoked signer's position, seat and skill to a new signer, once its open rounds are final.
 * @throws AuspexError NotOwner, NotRevoked, SignerTaken, NoConsent, RoundsOpen
 */
export async function rotate(
  client: AuspexClient,
  params: RotateParams,
): Promise<{ receipt: TransactionReceipt }> {
  return { receipt: await write(client, { to: client.network, data: encodeRotate(params) }) }
}

export function encodeRotate({ topic, worker, signer, consent }: RotateParams): Hex {
  const { r, vs } = consent ?? { r: zeroHash, vs: zeroHash }
  return encodeCall('rotate', [topic, worker, signer, r, vs])
}
