import type { Address, Hex, TransactionReceipt } from 'viem'
import { encodeCall } from '../calls.ts'
import type { AuspexClient } from '../client.ts'
import { NO_CONSENT } from '../contract/noConsent.ts'
import type { Consent, WorkerKey } from '../types.ts'
import { write } from '../write.ts'

export type RotateParams = WorkerKey & {
  /** The new signer. */
  signer: Address
  /** Its agreement (see signConsent); not needed where the owner itself is the new signer. */
  consent?: Consent
}

/**
 * Moves a revoked signer's position, seat and skill to a new signer, once its open rounds are final.
 * @throws AuspexError NotOwner, NotRevoked, SignerTaken, NoConsent, ConsentEnded, RoundsOpen
 */
export async function rotate(
  client: AuspexClient,
  params: RotateParams,
): Promise<{ receipt: TransactionReceipt }> {
  return { receipt: await write(client, { to: client.network, data: encodeRotate(params) }) }
}

export function encodeRotate({ topic, worker, signer, consent = NO_CONSENT }: RotateParams): Hex {
  return encodeCall('rotate', [topic, worker, signer, consent])
}
