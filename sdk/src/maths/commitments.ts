/*
 * Twin of contracts/maths/Commitments.sol: what a worker commits to and signs (EIP-712), how it is kept, how batches become one
 * hash.
 */
import {
  compactSignatureToSignature,
  concat,
  encodeAbiParameters,
  isAddressEqual,
  keccak256,
  parseAbiParameters,
  parseSignature,
  recoverAddress,
  signatureToCompactSignature,
  size,
  slice,
  stringToHex,
  toHex,
  zeroHash,
} from 'viem'
import type { Address, Hex } from 'viem'
import type { TopicId } from '../words/topic.ts'

export const ROUND_TYPEHASH = typehash('Round(bytes32 domain,bytes32 topic,uint256 round)')
export const COMMITMENT_TYPEHASH = typehash(
  'Commitment(bytes32 topic,uint256 round,bytes20 commitment)',
)
export const CONSENT_TYPEHASH = typehash('Consent(bytes32 topic,address owner,uint256 deadline)')

const roundWords = parseAbiParameters('bytes32, bytes32, bytes32, uint256')
const sealedWords = parseAbiParameters('bytes32, address, uint256')
const boundWords = parseAbiParameters('bytes20, address')
const batchWords = parseAbiParameters('bytes20, bytes32, bytes32')
const foldWords = parseAbiParameters('bytes20, bytes29')
const commitmentWords = parseAbiParameters('bytes32, bytes32, uint256, bytes20')
const consentWords = parseAbiParameters('bytes32, bytes32, address, uint256')
const domainWords = parseAbiParameters('int256, uint256')

/** Half of the order of secp256k1: no signature counts whose s lies above it. */
const HIGHEST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/** What all commitments of a round share: chain and network (in `domain`), topic and round. */
export function roundHash(domain: Hex, topic: TopicId, round: bigint): Hex {
  return keccak256(encodeAbiParameters(roundWords, [ROUND_TYPEHASH, domain, topic, round]))
}

/** The sealed form of a prediction: twenty bytes, bound to its worker and its round. */
export function commitmentOf(round: Hex, worker: Address, statement: bigint): Hex {
  const words = encodeAbiParameters(sealedWords, [round, worker, statement])
  return slice(keccak256(words), 0, 20)
}

/** A commitment as it is kept: bound to the worker that signed it, and with what stood behind it. */
export function sealOf(commitment: Hex, backer: bigint): bigint {
  const worker = toHex(backer >> 96n, { size: 20 })
  return (BigInt(boundOf(commitment, worker)) << 96n) | BigInt.asUintN(96, backer)
}

/** The upper twenty bytes of a seal: whose commitment it is. */
export function boundOf(commitment: Hex, worker: Address): Hex {
  return slice(keccak256(encodeAbiParameters(boundWords, [commitment, worker])), 0, 20)
}

/** Whether a worker signed a commitment (EIP-712, EIP-2098 form, low s only). */
export async function isSigned(
  domain: Hex,
  topic: TopicId,
  round: bigint,
  commitment: Hex,
  opening: { worker: Address } & CompactSignature,
): Promise<boolean> {
  const statement = keccak256(
    encodeAbiParameters(commitmentWords, [COMMITMENT_TYPEHASH, topic, round, commitment]),
  )
  return isSignedBy(opening.worker, typedDataHash(domain, statement), opening)
}

/** Whether a signer lets `owner` stake behind it in a topic. */
export async function isConsent(
  domain: Hex,
  topic: TopicId,
  owner: Address,
  signer: Address,
  { deadline, ...signature }: Consent,
): Promise<boolean> {
  const words = [CONSENT_TYPEHASH, topic, owner, deadline] as const
  const statement = keccak256(encodeAbiParameters(consentWords, words))
  return isSignedBy(signer, typedDataHash(domain, statement), signature)
}

async function isSignedBy(
  signer: Address,
  digest: Hex,
  { r, vs }: CompactSignature,
): Promise<boolean> {
  const s = BigInt(vs) & ((1n << 255n) - 1n)
  if (size(r) !== 32 || size(vs) !== 32 || s > HIGHEST_S) return false
  try {
    const signature = compactSignatureToSignature({ r, yParityAndS: vs })
    return isAddressEqual(await recoverAddress({ hash: digest, signature }), signer)
  } catch {
    // A signature that recovers to nobody counts for nobody.
    return false
  }
}

/** Where the chain of a round's batches starts: the domain that was frozen when it opened. */
export function firstDigest(center: bigint, sigma: bigint): Hex {
  return slice(keccak256(encodeAbiParameters(domainWords, [center, sigma])), 0, 20)
}

/** That start with the hash of the first list that was committed (see seals), while the round keeps both as one. */
export function fold(digest: Hex, seals: Hex): Hex {
  return slice(keccak256(encodeAbiParameters(foldWords, [digest, seals])), 0, 20)
}

/** The next link of the chain of a round's batches: the hash of its predictions, and that of their workers. */
export function chain(digest: Hex, predictions: Hex, workers: Hex): Hex {
  const words = encodeAbiParameters(batchWords, [digest, predictions, workers])
  return slice(keccak256(words), 0, 20)
}

function typehash(type: string): Hex {
  return keccak256(stringToHex(type))
}

function typedDataHash(domain: Hex, statement: Hex): Hex {
  return keccak256(concat(['0x1901', domain, statement]))
}

/** A signature in its 64-byte form (EIP-2098), cut in two words. */
export type CompactSignature = { r: Hex; vs: Hex }

/** A signer's agreement that an owner stakes behind it, which may be used until `deadline`, unix time. */
export type Consent = CompactSignature & { deadline: bigint }

/** A commitment (twenty bytes, see seal) and its worker's signature over it, absent where the caller is the worker. */
export type SignedCommitment = { commitment: Hex } & Partial<CompactSignature>

/** Where a signature counts: one network on one chain. */
export type Place = { chainId: number; network: Address }

/** What the domains of all networks have in common, hashed. */
const DOMAIN = [
  keccak256(
    stringToHex(
      'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)',
    ),
  ),
  keccak256(stringToHex('Auspex')),
  keccak256(stringToHex('1')),
] as const
const placeWords = parseAbiParameters('bytes32, bytes32, bytes32, uint256, address')

/** The EIP-712 domain of a network. */
export function typedDataDomain({ chainId, network }: Place) {
  return { name: 'Auspex', version: '1', chainId, verifyingContract: network } as const
}

/** The hash of a network's EIP-712 domain, which every commitment is bound to. */
export function domainHashOf({ chainId, network }: Place): Hex {
  const words = [...DOMAIN, BigInt(chainId), network] as const
  return keccak256(encodeAbiParameters(placeWords, words))
}

/** What a worker signs to hand its commitment to a reputer. */
export function commitmentTypedData({
  topic,
  round,
  commitment,
  ...place
}: Place & { topic: TopicId; round: bigint; commitment: Hex }) {
  return {
    domain: typedDataDomain(place),
    types: {
      Commitment: [
        { name: 'topic', type: 'bytes32' },
        { name: 'round', type: 'uint256' },
        { name: 'commitment', type: 'bytes20' },
      ],
    },
    primaryType: 'Commitment',
    message: { topic, round, commitment },
  } as const
}

/** What a signer signs to let `owner` stake behind it in a topic until `deadline`, unix time. */
export function consentTypedData({
  topic,
  owner,
  deadline,
  ...place
}: Place & { topic: TopicId; owner: Address; deadline: bigint }) {
  return {
    domain: typedDataDomain(place),
    types: {
      Consent: [
        { name: 'topic', type: 'bytes32' },
        { name: 'owner', type: 'address' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
    primaryType: 'Consent',
    message: { topic, owner, deadline },
  } as const
}

/** The 64-byte form of a 65-byte signature, which is the one the contracts take. */
export function compactSignature(signature: Hex): CompactSignature {
  const { r, yParityAndS } = signatureToCompactSignature(parseSignature(signature))
  return { r, vs: yParityAndS }
}

/** Where none is needed, the signer being the caller or owned by it. */
export const NO_CONSENT: Consent = { deadline: 0n, r: zeroHash, vs: zeroHash }
