import type { Address, Hex, TransactionReceipt } from 'viem'
import type { AuspexClient } from '../client/createAuspex.ts'
import { encodeCall, write } from '../contract/calls.ts'
import type { WorkerKey } from '../words/position.ts'
import { NO_CONSENT } from '../maths/commitments.ts'
import type { Consent } from '../maths/commitments.ts'

export type RotateParams = WorkerKey & {
  /** The new signer. */
  signer: Address
  /** Its agreement (see signConsent); not needed where the owner itself is the new signer. */
  consent?: Consent
}

/**
 * Moves a revoked signer's position, seat and skill to a new signer, once its open rounds are final.
 * @throws AuspexError NotOwner, NotRevoked, SignerTaken, NoConsent, ConsentEnded, RoundsOpen
 *
 * @example
 * ```ts
 * import { revoke, rotate } from '@auspex/sdk'
 *
 * await revoke(auspex, { topic, worker })
 * // Once the old signer's rounds are final:
 * await rotate(auspex, { topic, worker, signer, consent })
 * ```
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
