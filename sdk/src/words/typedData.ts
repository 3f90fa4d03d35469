import {
  encodeAbiParameters,
  keccak256,
  parseAbiParameters,
  parseSignature,
  signatureToCompactSignature,
  stringToHex,
  zeroHash,
} from 'viem'
import type { Hex, Address } from 'viem'
import type { TopicId } from './topic.ts'

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
const domainWords = parseAbiParameters('bytes32, bytes32, bytes32, uint256, address')

/** The EIP-712 domain of a network. */
export function domainOf({ chainId, network }: Place) {
  return { name: 'Auspex', version: '1', chainId, verifyingContract: network } as const
}

/** The hash of a network's EIP-712 domain, which every commitment is bound to. */
export function domainHashOf({ chainId, network }: Place): Hex {
  const words = [...DOMAIN, BigInt(chainId), network] as const
  return keccak256(encodeAbiParameters(domainWords, words))
}

/** What a worker signs to hand its commitment to a reputer. */
export function commitmentTypedData({
  topic,
  round,
  commitment,
  ...place
}: Place & { topic: TopicId; round: bigint; commitment: Hex }) {
  return {
    domain: domainOf(place),
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
    domain: domainOf(place),
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
