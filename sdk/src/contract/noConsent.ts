import { zeroHash } from 'viem'
import type { Consent } from '../types.ts'

/** Where none is needed, the signer being the caller or owned by it. */
export const NO_CONSENT: Consent = { deadline: 0n, r: zeroHash, vs: zeroHash }
