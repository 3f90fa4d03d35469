import {
  bytesToHex,
  concat,
  encodePacked,
  getAbiItem,
  hexToBytes,
  numberToHex,
  pad,
  size,
  slice,
  stringToHex,
  toFunctionSelector,
  toHex,
} from 'viem'
import type { Address, Hex } from 'viem'
import { topicNetworkAbi } from '../abis/topicNetworkAbi.ts'
import { boundOf } from '../maths/commitments.ts'
import type { Place } from '../maths/commitments.ts'
import { unpack } from '../maths/float.ts'
import type { Submissions } from '../maths/learning.ts'
import type { Spoken } from '../maths/replay.ts'
import { wager } from '../maths/settlement.ts'
import type { RoundKey } from './round.ts'
import {
  budgetOf,
  commitmentOf,
  eraOf,
  isSeasonedOf,
  packBacker,
  packStatement,
  seatOf,
  trustOf,
} from './seal.ts'
import type { Opening, Prediction, Seal } from './seal.ts'

/** What one call of `reveal` or `revealSigned` records. */
export type Recorded = {
  /** Each in one word (see unpackPrediction). */
  predictions: readonly bigint[]
  /** Whose they are. */
  workers: readonly Address[]
}

/** All that was revealed in a round, in the order of the reveals, as `settle` is given it back. */
export type Revealed = Recorded & {
  /** How many of them each call recorded. */
  counts: readonly bigint[]
}

/** What one call of `reveal` recorded, as `publish` is given it back: whose the predictions are does not matter yet. */
export type Batch = {
  /** How many of the round's predictions, in the order of the reveals. */
  count: bigint
  /** Hash of whose they are. */
  workers: Hex
}

/* Twin of contracts/types/Prediction.sol. */

/** A prediction keeps the low bits of its era. */
const ERA_LOW = 511n

/** What a revealed prediction's word holds, its trust unpacked. */
export type UnpackedPrediction = Spoken & {
  /** 1e18 fixed point. */
  value: bigint
  /** Token base units. */
  wager: bigint
  /** Basis points: the share of its budget that it wagers. */
  confidence: bigint
  /** Nine low bits of the topic's era when the worker spoke. */
  era: bigint
}

/** What a reveal records of a prediction. `trust` stays the float that its backer holds; of the era nine bits are kept. */
export function packPrediction({
  value,
  wager,
  trust,
  confidence,
  seasoned,
  era,
}: UnpackedPrediction): bigint {
  const season = ((seasoned ? 1n : 0n) << 9n) | (era & ERA_LOW)
  const spoken = (trust << 24n) | (confidence << 10n) | season
  return (BigInt.asUintN(104, value) << 152n) | (wager << 56n) | spoken
}

/**
 * Takes a revealed prediction's word apart:
 * `value (int104) | wager (uint96) | trust (32-bit float) | confidence (14 bits) | seasoned (1 bit) | era (9 low bits)`.
 */
export function unpackPrediction(prediction: bigint): UnpackedPrediction {
  return {
    value: BigInt.asIntN(104, prediction >> 152n),
    wager: BigInt.asUintN(96, prediction >> 56n),
    trust: unpack(BigInt.asUintN(32, prediction >> 24n)),
    confidence: BigInt.asUintN(14, prediction >> 10n),
    seasoned: ((prediction >> 9n) & 1n) === 1n,
    era: prediction & ERA_LOW,
  }
}

/** Whether a prediction was spoken in this era of its topic; what its record was worth in another reads as nothing. */
export function isOf({ era }: Pick<UnpackedPrediction, 'era'>, topicEra: bigint): boolean {
  return era === (topicEra & ERA_LOW)
}

/** A round's predictions as the weighting rule takes them in an era of their topic. */
export function submissionsOf(predictions: readonly bigint[], era: bigint): Submissions {
  const unpacked = predictions.map(unpackPrediction)
  return {
    values: unpacked.map(({ value }) => value),
    wagers: unpacked.map(({ wager }) => wager),
    trusts: unpacked.map((each) => (isOf(each, era) ? each.trust : 0n)),
  }
}

/** What reveals recorded, one batch each, in their order. */
export function revealedIn(batches: readonly Recorded[]): Revealed {
  return {
    predictions: batches.flatMap(({ predictions }) => predictions),
    workers: batches.flatMap(({ workers }) => workers),
    counts: batches.map(({ predictions }) => BigInt(predictions.length)),
  }
}

/** An opening with its worker and the fields of its seal, in one word (see types/Seal.sol). */
export type BackedOpening = Opening & { backer: bigint }

/** Openings in the order of the list, a bit for each of their places, and the seals left closed. */
export type ArrangedReveal = {
  openings: readonly BackedOpening[]
  opened: bigint
  rest: readonly Seal[]
}

/**
 * Lays the openings at hand into their places in a committed list, as `reveal` takes them. An opening that is not in the
 * list is left out: its worker sealed something else, or with somebody else.
 */
export function arrangeReveal({
  seals,
  openings,
  ...place
}: Place & RoundKey & { seals: readonly Seal[]; openings: readonly Opening[] }): ArrangedReveal {
  const byBound = new Map(
    openings.map((opening) => [
      boundOf(commitmentOf({ ...place, ...opening }), opening.worker),
      opening,
    ]),
  )
  const places = seals.map((seal) => ({
    seal,
    opening: byBound.get(numberToHex(seal >> 96n, { size: 20 })),
  }))

  return {
    openings: places.flatMap(({ seal, opening }) =>
      opening === undefined ? [] : { ...opening, backer: packBacker({ ...opening, seal }) },
    ),
    opened: places.reduce((bits, { opening }, i) => bits | (opening ? 1n << BigInt(i) : 0n), 0n),
    rest: places.filter(({ opening }) => !opening).map(({ seal }) => seal),
  }
}

/** Openings as the chain takes them: two words each. */
export function wordsOf(openings: readonly BackedOpening[]) {
  return openings.map(({ backer, ...stated }) => ({ backer, statement: packStatement(stated) }))
}

/**
 * What a reveal of these openings will record: it follows from the seals and the openings alone, so that a publication
 * can go out in the same transaction (see preparePublish). `closed`, as the round has it, leaves out workers that were revealed
 * before; not needed where this is known to be nobody. A prediction too small to wager anything counts for nothing.
 */
export function predictionsOf({
  closed = 0n,
  ...params
}: Place &
  RoundKey & {
    seals: readonly Seal[]
    openings: readonly Opening[]
    closed?: bigint
  }): Recorded {
  const recorded = arrangeReveal(params)
    .openings.filter(({ backer }) => ((closed >> seatOf(backer)) & 1n) === 0n)
    .map(({ worker, value, confidence, backer }) => ({
      worker,
      value,
      wager: wager(budgetOf(backer), confidence),
      confidence,
      trust: trustOf(backer),
      seasoned: isSeasonedOf(backer),
      era: eraOf(backer),
    }))
    .filter((each) => each.wager > 0n)

  return {
    predictions: recorded.map(packPrediction),
    workers: recorded.map(({ worker }) => worker),
  }
}

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
