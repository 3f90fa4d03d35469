/*
 * Models on chain: a ModelStore by its address as `store`, a ModelBond as `bonds`, a TruthRing as `ring`.
 */
import { isAddressEqual, zeroAddress } from 'viem'
import type { Address, Hex } from 'viem'
import { modelBondAbi } from '../abis/modelBondAbi.ts'
import { modelStoreAbi } from '../abis/modelStoreAbi.ts'
import { truthRingAbi } from '../abis/truthRingAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { readFrom } from '../contract/calls.ts'
import { refusal } from '../contract/errors.ts'
import { breachProofs, inputKinds } from '../words/model.ts'
import type { BondKey, BreachProof, InputKind, ModelId } from '../words/model.ts'
import { packOutcome } from '../words/outcome.ts'
import { getResolution, getRevealed, requiredOutcome } from './getRound.ts'

/** The largest round of the contracts: a bond without an end. */
const FOREVER = 2n ** 24n - 1n

/**
 * The bytes of a published model (see decodeDense of the maths).
 * @throws AuspexError UnknownModel
 *
 * @example
 * ```ts
 * import { getModel } from '@auspex/sdk'
 *
 * const bytes = await getModel(auspex, { store, model })
 * ```
 */
export async function getModel(
  client: AuspexClient,
  { store, model }: { store: Address; model: ModelId },
): Promise<Hex> {
  return readFrom(client, { abi: modelStoreAbi, address: store }, 'modelOf', [model])
}

/**
 * What a published model answers, 1e18 fixed point, computed by the chain.
 * @param inputs 1e18 fixed point, as many as the model takes
 * @throws AuspexError UnknownModel, WrongInputs
 *
 * @example
 * ```ts
 * import { evaluateModel } from '@auspex/sdk'
 *
 * const answer = await evaluateModel(auspex, { store, model, inputs: [value] })
 * ```
 */
export async function evaluateModel(
  client: AuspexClient,
  { store, model, inputs }: { store: Address; model: ModelId; inputs: readonly bigint[] },
): Promise<bigint> {
  return readFrom(client, { abi: modelStoreAbi, address: store }, 'evaluate', [model, inputs])
}

/** The terms of a ModelBond. */
export type BondTerms = {
  store: Address
  ring: Address
  token: Address
  /** Seconds to answer a request for inputs. */
  window: bigint
  /** What a request costs, token base units. */
  fee: bigint
}

/**
 * The terms of a ModelBond, and the contracts it works with.
 *
 * @example
 * ```ts
 * import { getBondTerms } from '@auspex/sdk'
 *
 * const { store, ring, fee } = await getBondTerms(auspex, { bonds })
 * ```
 */
export async function getBondTerms(
  client: AuspexClient,
  { bonds }: { bonds: Address },
): Promise<BondTerms> {
  const target = targetOf(bonds)
  const [store, ring, token, window, fee] = await Promise.all([
    readFrom(client, target, 'models', []),
    readFrom(client, target, 'truths', []),
    readFrom(client, target, 'token', []),
    readFrom(client, target, 'window', []),
    readFrom(client, target, 'fee', []),
  ])
  return { store, ring, token, window, fee }
}

/** A worker's promise that its predictions in a topic are a model's. */
export type ModelBond = {
  /** Token base units. */
  amount: bigint
  model: ModelId
  /** What a challenge proves: see `provenBy`. */
  kind: InputKind
  /** How many rounds before a prediction's the youngest truth among its inputs lies. */
  lag: bigint
  /** First round it covers. */
  from: bigint
  /** First round it no longer covers; undefined while the worker stays. */
  until: bigint | undefined
  /** When it may be withdrawn, unix time; undefined while the worker stays. */
  leavesAt: bigint | undefined
  /** Requests for inputs that wait for an answer. */
  open: bigint
}

/**
 * A worker's bond in a topic; undefined where it has none.
 *
 * @example
 * ```ts
 * import { getModelBond, provenBy } from '@auspex/sdk'
 *
 * const bond = await getModelBond(auspex, { bonds, topic, worker })
 * if (bond !== undefined) console.log(provenBy[bond.kind])
 * ```
 */
export async function getModelBond(
  client: AuspexClient,
  { bonds, topic, worker }: BondKey,
): Promise<ModelBond | undefined> {
  const kept = await readFrom(client, targetOf(bonds), 'bondOf', [topic, worker])
  if (kept.amount === 0n) return undefined
  const { amount, model, lag, from, open } = kept
  const until = kept.until === FOREVER ? undefined : kept.until
  const leavesAt = kept.leavesAt === 0n ? undefined : kept.leavesAt
  return { amount, model, kind: inputKinds[Number(kept.kind)]!, lag, from, until, leavesAt, open }
}

/** The last promise that a worker broke in a topic. */
export type ModelBreach = {
  round: bigint
  proof: Exclude<BreachProof, 'none'>
  /** How many it has broken there. */
  count: bigint
  /** What it predicted, 1e18 fixed point. */
  stated: bigint
  /** What its model answers, 1e18 fixed point; undefined where nothing was computed. */
  computed: bigint | undefined
  challenger: Address
}

/**
 * The last promise that a worker broke in a topic; undefined where it broke none.
 *
 * @example
 * ```ts
 * import { getModelBreach } from '@auspex/sdk'
 *
 * const breach = await getModelBreach(auspex, { bonds, topic, worker })
 * ```
 */
export async function getModelBreach(
  client: AuspexClient,
  { bonds, topic, worker }: BondKey,
): Promise<ModelBreach | undefined> {
  const kept = await readFrom(client, targetOf(bonds), 'breachOf', [topic, worker])
  const proof = breachProofs[Number(kept.proof)]!
  if (proof === 'none') return undefined
  const { round, count, stated, challenger } = kept
  const computed = proof === 'difference' ? kept.computed : undefined
  return { round, proof, count, stated, computed, challenger }
}

/** A request to disclose the inputs of one prediction. */
export type InputRequest = {
  requester: Address
  /** Last second for an answer, unix time. */
  deadline: bigint
  isOpen: boolean
  /** What the worker predicted, 1e18 fixed point. */
  stated: bigint
}

/**
 * The request about a worker's prediction in a round; undefined where nobody asked.
 *
 * @example
 * ```ts
 * import { getInputRequest } from '@auspex/sdk'
 *
 * const asked = await getInputRequest(auspex, { bonds, topic, worker, round })
 * ```
 */
export async function getInputRequest(
  client: AuspexClient,
  { bonds, topic, worker, round }: BondKey & { round: bigint },
): Promise<InputRequest | undefined> {
  const kept = await readFrom(client, targetOf(bonds), 'requestOf', [topic, worker, round])
  if (kept.requester === zeroAddress) return undefined
  const { requester, deadline, isOpen, stated } = kept
  return { requester, deadline, isOpen, stated }
}

/**
 * What a worker bonded on past truths promises to predict in a round, 1e18 fixed point.
 * @throws AuspexError NotCovered, WrongInputKind, TruthNotRecorded
 *
 * @example
 * ```ts
 * import { getModelPromise } from '@auspex/sdk'
 *
 * const promised = await getModelPromise(auspex, { bonds, topic, worker, round })
 * ```
 */
export async function getModelPromise(
  client: AuspexClient,
  { bonds, topic, worker, round }: BondKey & { round: bigint },
): Promise<bigint> {
  return readFrom(client, targetOf(bonds), 'promiseOf', [topic, worker, round])
}

/**
 * What an account may claim of a ModelBond, token base units.
 *
 * @example
 * ```ts
 * import { getBondClaimable } from '@auspex/sdk'
 *
 * const amount = await getBondClaimable(auspex, { bonds, account })
 * ```
 */
export async function getBondClaimable(
  client: AuspexClient,
  { bonds, account }: { bonds: Address; account: Address },
): Promise<bigint> {
  return readFrom(client, targetOf(bonds), 'claimableOf', [account])
}

/**
 * A round's truth as a TruthRing recorded it, 1e18 fixed point.
 * @throws AuspexError TruthNotRecorded
 *
 * @example
 * ```ts
 * import { getRecordedTruth } from '@auspex/sdk'
 *
 * const truth = await getRecordedTruth(auspex, { ring, topic, round })
 * ```
 */
export async function getRecordedTruth(
  client: AuspexClient,
  { ring, topic, round }: { ring: Address; topic: Hex; round: bigint },
): Promise<bigint> {
  return readFrom(client, { abi: truthRingAbi, address: ring }, 'truthOf', [topic, round])
}

/**
 * Shows what a worker predicted in a round, by what the network emitted: the evidence of `challengeModel`.
 * @throws AuspexError WrongStatus, WrongPlace
 *
 * @example
 * ```ts
 * import { getEvidence } from '@auspex/sdk'
 *
 * const evidence = await getEvidence(auspex, { topic, worker, round })
 * ```
 */
export async function getEvidence(
  client: AuspexClient,
  { topic, worker, round }: Omit<BondKey, 'bonds'> & { round: bigint },
) {
  const [outcome, resolution, revealed] = await Promise.all([
    requiredOutcome(client, { topic, round }),
    getResolution(client, { topic, round }),
    getRevealed(client, { topic, round }),
  ])
  const place = revealed.workers.findIndex((each) => isAddressEqual(each, worker))
  if (place < 0) throw refusal('WrongPlace', { place: 0n, worker })
  return {
    outcome: packOutcome(outcome),
    resolution: resolution ?? { truth: 0n, gradient: 0n },
    revealed,
    place: BigInt(place),
  }
}

function targetOf(bonds: Address) {
  return { abi: modelBondAbi, address: bonds }
}
