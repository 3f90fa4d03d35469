import {
  bytesToHex,
  encodePacked,
  hexToBytes,
  concat,
  getAbiItem,
  pad,
  size,
  slice,
  stringToHex,
  toFunctionSelector,
  toHex,
} from 'viem'
import type { Address, Hex } from 'viem'
import type { Place } from '../maths/commitments.ts'
import type { RoundKey } from './round.ts'
import { topicNetworkAbi } from '../abis/topicNetworkAbi.ts'
import type { Opening, Prediction } from './seal.ts'
import { commitmentOf } from './seal.ts'

export type SaltParams = Place &
  RoundKey & {
    worker: Address
    /** The worker's secret, at least sixteen bytes; anyone who knows it can open the seals. */
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

/*
 * A capsule is a prediction encrypted for its own worker: 15 bytes that travel behind the arguments of `commit`, where the
 * contract does not look. With the key and the chain alone a worker finds again what it committed to. The key stream is bound
 * to the commitment, so that none is used for two predictions; the commitment authenticates what comes out.
 */

/** A value (int104) and a confidence (uint16). */
const CAPSULE_BYTES = 15
const NOTHING = toHex(0, { size: CAPSULE_BYTES })
const DOMAIN = stringToHex('auspex capsule')

export type CapsuleParams = SaltParams & { commitment: Hex }

/** Encrypts a prediction for its own worker. */
export async function encapsulate({
  value,
  confidence,
  ...params
}: CapsuleParams & Prediction): Promise<Hex> {
  const plain = (BigInt.asUintN(104, value) << 16n) | confidence
  return masked(toHex(plain, { size: CAPSULE_BYTES }), params)
}

/** The opening of a commitment; undefined where the capsule was made for another one, or by another key. */
export async function openCapsule({
  capsule,
  ...params
}: CapsuleParams & { capsule: Hex }): Promise<Opening | undefined> {
  if (size(capsule) !== CAPSULE_BYTES) return undefined
  const plain = BigInt(await masked(capsule, params))
  const opening = {
    worker: params.worker,
    value: BigInt.asIntN(104, plain >> 16n),
    confidence: BigInt.asUintN(16, plain),
    salt: await saltOf(params),
  }
  const { chainId, network, topic, round, commitment } = params
  const sealed = commitmentOf({ chainId, network, topic, round, ...opening })
  return sealed === commitment.toLowerCase() ? opening : undefined
}

/** Encrypts, or decrypts: the key stream is the beginning of an HMAC over what the capsule is of. */
async function masked(bytes: Hex, params: CapsuleParams): Promise<Hex> {
  const { saltKey, chainId, network, topic, round, worker, commitment } = params
  const message = encodePacked(
    ['bytes', 'uint256', 'address', 'bytes32', 'uint256', 'address', 'bytes20'],
    [DOMAIN, BigInt(chainId), network, topic, round, worker, commitment],
  )
  const stream = await hmacOf(saltKey, message)
  return bytesToHex(hexToBytes(bytes).map((byte, i) => byte ^ stream[i]!))
}

/* CALLDATA */

/** What goes behind the arguments of a commit: a capsule for each commitment, zeros where there is none. */
export function capsulesOf(commitments: readonly { capsule?: Hex | undefined }[]): Hex {
  if (commitments.every(({ capsule }) => capsule === undefined)) return '0x'
  return concat(commitments.map(({ capsule = NOTHING }) => fitting(capsule)))
}

function fitting(capsule: Hex): Hex {
  if (size(capsule) === CAPSULE_BYTES) return capsule
  throw new RangeError(`A capsule has fifteen bytes, not ${size(capsule)}`)
}

const WORD = 64
const selector = toFunctionSelector(getAbiItem({ abi: topicNetworkAbi, name: 'commit' }) as never)

/**
 * The commitments to a round in a transaction's input, each with its capsule. Finds them in `commit` itself, within
 * `multicall`, and in whatever contract passes either on as it is.
 */
export function capsulesIn({
  input,
  topic,
  round,
}: RoundKey & { input: Hex }): { commitment: Hex; capsule: Hex }[] {
  const text = input.slice(2).toLowerCase()
  const head = concat([selector, topic, pad(toHex(round), { size: 32 }), pad('0x60', { size: 32 })])
  const sought = head.slice(2).toLowerCase()
  const found: { commitment: Hex; capsule: Hex }[] = []
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
    if (at % 2 === 0) found.push(...capsulesAfter(text.slice(at + sought.length)))
  }
  return found
}

/** Reads a list of signed commitments, three words each, and the capsules behind it. */
function capsulesAfter(text: string): { commitment: Hex; capsule: Hex }[] {
  const count = Number.parseInt(text.slice(0, WORD), 16)
  const bytes: Hex = `0x${text}`
  const behind = 32 + 96 * count
  if (!(count > 0) || size(bytes) < behind + CAPSULE_BYTES * count) return []

  return Array.from({ length: count }, (_, i) => {
    const [word, capsule] = [32 + 96 * i, behind + CAPSULE_BYTES * i]
    return {
      commitment: slice(bytes, word, word + 20),
      capsule: slice(bytes, capsule, capsule + CAPSULE_BYTES),
    }
  })
}
