import { bytesToHex, encodePacked, hexToBytes } from 'viem'
import type { Address, Hex } from 'viem'
import type { Place } from '../typedData.ts'
import type { RoundKey } from '../types.ts'

export type SaltParams = Place &
  RoundKey & {
    worker: Address
    /** The worker's secret, at least sixteen bytes; whoever knows it can open the seals. */
    saltKey: Hex | Uint8Array
  }

/**
 * The salt of a worker's prediction: the first sixteen bytes of
 * `HMAC-SHA256(saltKey, chainId | network | topic | round | worker)`. A node that lost its memory finds it again.
 */
export async function saltOf({
  saltKey,
  chainId,
  network,
  topic,
  round,
  worker,
}: SaltParams): Promise<Hex> {
  const message = encodePacked(
    ['uint256', 'address', 'bytes32', 'uint256', 'address'],
    [BigInt(chainId), network, topic, round, worker],
  )
  return bytesToHex((await hmacOf(saltKey, message)).subarray(0, 16))
}

/** HMAC-SHA256 under a salt key. */
export async function hmacOf(saltKey: Hex | Uint8Array, message: Hex): Promise<Uint8Array> {
  const secret = bytesOf(saltKey)
  if (secret.length < 16) throw new RangeError('A salt key has at least sixteen bytes')

  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(message)))
}

/** A copy of its own, as the platform's cryptography asks for. */
function bytesOf(bytes: Hex | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(typeof bytes === 'string' ? hexToBytes(bytes) : bytes)
}
