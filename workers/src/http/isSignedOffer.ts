import { isAddressEqual, recoverTypedDataAddress } from 'viem'
import { compactSignatureToSignature } from 'viem'
import { commitmentTypedData } from '@auspex/sdk'
import type { Place } from '@auspex/sdk'
import type { CommitmentOffer } from './endpoint.ts'

/** Half of the order of secp256k1: the network counts no signature whose s lies above it. */
const HIGHEST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/** Whether a worker signed the commitment it offers, as the network will check it. */
export async function isSignedOffer(place: Place, offer: CommitmentOffer): Promise<boolean> {
  const { worker, r, vs } = offer
  if ((BigInt(vs) & ((1n << 255n) - 1n)) > HIGHEST_S) return false
  try {
    const signature = compactSignatureToSignature({ r, yParityAndS: vs })
    const data = commitmentTypedData({ ...place, ...offer })
    return isAddressEqual(await recoverTypedDataAddress({ ...data, signature }), worker)
  } catch {
    // A signature that recovers to nobody counts for nobody.
    return false
  }
}
