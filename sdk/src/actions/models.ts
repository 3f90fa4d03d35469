/*
 * Models on chain: publish one in a ModelStore (`store`), bond that predictions are its answers at a ModelBond (`bonds`), and
 * challenge who bonded. A TruthRing (`ring`) keeps the truths that models are evaluated on.
 */
import { encodeAbiParameters, keccak256, numberToHex, parseAbiParameters, size, slice } from 'viem'
import type { Address, Hex, TransactionReceipt } from 'viem'
import { modelBondAbi } from '../abis/modelBondAbi.ts'
import { modelStoreAbi } from '../abis/modelStoreAbi.ts'
import { truthRingAbi } from '../abis/truthRingAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { readFrom, sendTo } from '../contract/calls.ts'
import { requireEventFrom } from '../contract/logs.ts'
import { withApproval } from '../contract/withApproval.ts'
import type { Approval } from '../contract/withApproval.ts'
import { getBondTerms, getEvidence } from '../reads/models.ts'
import { inputKinds, modelIdOf } from '../words/model.ts'
import type { BondKey, InputKind, ModelId } from '../words/model.ts'
import type { RoundKey } from '../words/round.ts'

/** Most bytes of a part: what the code of a contract may hold. */
const PART = 24_575
const NO_SALT: Hex = numberToHex(0, { size: 32 })

/**
 * Publishes a model, in as many transactions as it takes: one a part of 24,575 bytes, and one that joins them. Nothing is sent
 * where it is published already.
 * @param model its bytes (see encodeDense of the maths)
 * @throws AuspexError ModelOutOfBounds, PartsOutOfBounds
 *
 * @example
 * ```ts
 * import { publishModel } from '@auspex/sdk'
 *
 * const published = await publishModel(auspex, { store, model: bytes })
 * ```
 */
export async function publishModel(
  client: AuspexClient,
  { store, model }: { store: Address; model: Hex },
): Promise<{ model: ModelId; receipts: TransactionReceipt[] }> {
  const target = { abi: modelStoreAbi, address: store }
  const id = modelIdOf(model)
  const receipts: TransactionReceipt[] = []
  if ((await readFrom(client, target, 'inputsOf', [id])) > 0n) return { model: id, receipts }

  const parts: Address[] = []
  for (let from = 0; from < size(model); from += PART) {
    const data = slice(model, from, Math.min(size(model), from + PART))
    const receipt = await sendTo(client, target, 'write', [data])
    parts.push(requireEventFrom(target, receipt, 'PartWritten').part)
    receipts.push(receipt)
  }
  receipts.push(await sendTo(client, target, 'publish', [parts]))
  return { model: id, receipts }
}

/**
 * Bonds that the caller's predictions in a topic are a model's, from the next round to open on. Approves the token first if
 * needed. All of the bond is lost by one prediction that differs.
 * @returns the first round it covers
 * @throws AuspexError UnknownTopic, AlreadyBonded, BondOutOfBounds, UnknownModel, WrongTransfer, or the token's own
 *
 * @example
 * ```ts
 * import { bondModel } from '@auspex/sdk'
 *
 * await bondModel(auspex, { bonds, topic, model, kind: 'truths', lag: 3n, amount: value })
 * ```
 */
export async function bondModel(
  client: AuspexClient,
  {
    bonds,
    topic,
    model,
    kind,
    lag = 0n,
    amount,
    approval = 'exact',
  }: {
    bonds: Address
    topic: Hex
    model: ModelId
    /** `truths`: the inputs are the topic's past truths, and the whole value is proven; `given`: only the computation is. */
    kind: InputKind
    /** With `truths`, how many rounds before a prediction's the youngest truth among its inputs lies. */
    lag?: bigint
    /** Token base units. */
    amount: bigint
    approval?: Approval
  },
): Promise<{ from: bigint; receipt: TransactionReceipt }> {
  const { token } = await getBondTerms(client, { bonds })
  const receipt = await withApproval(client, { amount, approval, spender: bonds, token }, () =>
    sendTo(client, targetOf(bonds), 'bond', [
      topic,
      model,
      BigInt(inputKinds.indexOf(kind)),
      lag,
      amount,
    ]),
  )
  const { bond } = requireEventFrom(targetOf(bonds), receipt, 'Bonded')
  return { from: BigInt(bond.from), receipt }
}

const inputWords = parseAbiParameters(
  'uint256, address, bytes32, address, uint256, int256[], bytes32',
)

/** What a worker seals of its inputs, 29 bytes: twin of ModelBond.hashOf. */
export function inputsHashOf(sealed: {
  chainId: number
  bonds: Address
  topic: Hex
  worker: Address
  round: bigint
  /** 1e18 fixed point. */
  inputs: readonly bigint[]
  /** 32 random bytes, kept until the inputs are disclosed. */
  salt: Hex
}): Hex {
  const { chainId, bonds, topic, worker, round, inputs, salt } = sealed
  const words = [BigInt(chainId), bonds, topic, worker, round, [...inputs], salt] as const
  return slice(keccak256(encodeAbiParameters(inputWords, words)), 0, 29)
}

/**
 * Seals the inputs of the caller's prediction, in the round's commit window.
 * @param hash as `inputsHashOf` returns it
 * @throws AuspexError NotCovered, WrongInputKind, OutsideTime, InputsCommitted
 *
 * @example
 * ```ts
 * import { commitInputs, inputsHashOf } from '@auspex/sdk'
 *
 * const { chainId } = auspex
 * const hash = inputsHashOf({ chainId, bonds, topic, worker, round, inputs: [value], salt })
 * await commitInputs(auspex, { bonds, topic, round, hash })
 * ```
 */
export async function commitInputs(
  client: AuspexClient,
  { bonds, topic, round, hash }: RoundKey & { bonds: Address; hash: Hex },
): Promise<{ receipt: TransactionReceipt }> {
  return { receipt: await sendTo(client, targetOf(bonds), 'commitInputs', [topic, round, hash]) }
}

/**
 * Has the chain evaluate a worker's model on the inputs of one prediction. A difference costs the worker its bond, of which the
 * caller may claim half; where there is none it is refused with AsPromised, and costs the gas.
 * @param inputs and salt, where the worker was to give them; nothing where they are truths
 * @throws AuspexError NotCovered, NothingToShow, WrongOutcome, WrongPlace, TruthNotRecorded, OtherInputs, AsPromised
 *
 * @example
 * ```ts
 * import { challengeModel } from '@auspex/sdk'
 *
 * const { paid } = await challengeModel(auspex, { bonds, topic, worker, round })
 * ```
 */
export async function challengeModel(
  client: AuspexClient,
  {
    bonds,
    topic,
    worker,
    round,
    inputs = [],
    salt = NO_SALT,
  }: BondKey & { round: bigint; inputs?: readonly bigint[]; salt?: Hex },
): Promise<{ stated: bigint; computed: bigint; paid: bigint; receipt: TransactionReceipt }> {
  const evidence = await getEvidence(client, { topic, worker, round })
  const args = [topic, worker, round, evidence, inputs, salt] as never
  const receipt = await sendTo(client, targetOf(bonds), 'challenge', args)
  const { breach, paid } = requireEventFrom(targetOf(bonds), receipt, 'PromiseBroken')
  return { stated: breach.stated, computed: breach.computed, paid, receipt }
}

/**
 * Asks a worker for the inputs of one prediction. Takes the fee, approved first if needed; it is the worker's who answers, and
 * the caller's again where nobody does.
 * @returns last second for an answer, unix time
 * @throws AuspexError NotCovered, WrongInputKind, OutsideTime, AlreadyRequested, NothingToShow, WrongOutcome, WrongPlace
 *
 * @example
 * ```ts
 * import { requestInputs } from '@auspex/sdk'
 *
 * const { deadline } = await requestInputs(auspex, { bonds, topic, worker, round })
 * ```
 */
export async function requestInputs(
  client: AuspexClient,
  {
    bonds,
    topic,
    worker,
    round,
    approval = 'exact',
  }: BondKey & { round: bigint; approval?: Approval },
): Promise<{ deadline: bigint; receipt: TransactionReceipt }> {
  const { token, fee } = await getBondTerms(client, { bonds })
  const evidence = await getEvidence(client, { topic, worker, round })
  const args = [topic, worker, round, evidence] as never
  const allowed = { amount: fee, approval, spender: bonds, token }
  const receipt = await withApproval(client, allowed, () =>
    sendTo(client, targetOf(bonds), 'request', args),
  )
  return {
    deadline: requireEventFrom(targetOf(bonds), receipt, 'InputsRequested').deadline,
    receipt,
  }
}

/**
 * Answers a request. The worker gets the fee where its model answers what it predicted, and loses its bond where it does not.
 * @param inputs as they were sealed, 1e18 fixed point
 * @throws AuspexError NotRequested, OutsideTime, OtherInputs
 *
 * @example
 * ```ts
 * import { discloseInputs } from '@auspex/sdk'
 *
 * await discloseInputs(auspex, { bonds, topic, worker, round, inputs: [value], salt })
 * ```
 */
export async function discloseInputs(
  client: AuspexClient,
  {
    bonds,
    topic,
    worker,
    round,
    inputs,
    salt,
  }: BondKey & { round: bigint; inputs: readonly bigint[]; salt: Hex },
): Promise<{ receipt: TransactionReceipt }> {
  const args = [topic, worker, round, inputs, salt] as const
  return { receipt: await sendTo(client, targetOf(bonds), 'disclose', args) }
}

/**
 * Ends a request that nobody answered in time: the worker's bond is lost. Anyone may.
 * @throws AuspexError NotRequested, OutsideTime
 *
 * @example
 * ```ts
 * import { concludeRequest } from '@auspex/sdk'
 *
 * await concludeRequest(auspex, { bonds, topic, worker, round })
 * ```
 */
export async function concludeRequest(
  client: AuspexClient,
  { bonds, topic, worker, round }: BondKey & { round: bigint },
): Promise<{ receipt: TransactionReceipt }> {
  return { receipt: await sendTo(client, targetOf(bonds), 'conclude', [topic, worker, round]) }
}

/**
 * Ends the caller's promise with the rounds that have opened, which stay covered until the bond may be withdrawn.
 * @returns when that is, unix time
 * @throws AuspexError NotCovered, AlreadyLeaving
 *
 * @example
 * ```ts
 * import { leaveBond } from '@auspex/sdk'
 *
 * const { leavesAt } = await leaveBond(auspex, { bonds, topic })
 * ```
 */
export async function leaveBond(
  client: AuspexClient,
  { bonds, topic }: { bonds: Address; topic: Hex },
): Promise<{ leavesAt: bigint; receipt: TransactionReceipt }> {
  const receipt = await sendTo(client, targetOf(bonds), 'leave', [topic])
  return { leavesAt: requireEventFrom(targetOf(bonds), receipt, 'Leaving').leavesAt, receipt }
}

/**
 * Credits a worker that has left with its bond, for `claimBond`. Anyone may.
 * @returns token base units
 * @throws AuspexError NotCovered, OutsideTime, RequestsOpen
 *
 * @example
 * ```ts
 * import { withdrawBond } from '@auspex/sdk'
 *
 * const { amount } = await withdrawBond(auspex, { bonds, topic, worker })
 * ```
 */
export async function withdrawBond(
  client: AuspexClient,
  { bonds, topic, worker }: BondKey,
): Promise<{ amount: bigint; receipt: TransactionReceipt }> {
  const receipt = await sendTo(client, targetOf(bonds), 'withdraw', [topic, worker])
  return { amount: requireEventFrom(targetOf(bonds), receipt, 'Withdrawn').amount, receipt }
}

/**
 * Pays an account what it may claim of a ModelBond. Anyone may.
 * @returns token base units
 * @throws AuspexError NothingToClaim
 *
 * @example
 * ```ts
 * import { claimBond } from '@auspex/sdk'
 *
 * const { amount } = await claimBond(auspex, { bonds, account })
 * ```
 */
export async function claimBond(
  client: AuspexClient,
  { bonds, account }: { bonds: Address; account: Address },
): Promise<{ amount: bigint; receipt: TransactionReceipt }> {
  const receipt = await sendTo(client, targetOf(bonds), 'claim', [account])
  return { amount: requireEventFrom(targetOf(bonds), receipt, 'Claimed').amount, receipt }
}

/**
 * Records the truth of a round, so that contracts can read it. Anyone may; without effect where it is recorded.
 * @param proof what the topic's truth source asks for (see getTruthProof)
 * @throws AuspexError UnknownTopic, TruthReplaced, TruthUnknown
 *
 * @example
 * ```ts
 * import { recordTruth } from '@auspex/sdk'
 *
 * await recordTruth(auspex, { ring, topic, round, proof })
 * ```
 */
export async function recordTruth(
  client: AuspexClient,
  { ring, topic, round, proof = '0x' }: RoundKey & { ring: Address; proof?: Hex },
): Promise<{ receipt: TransactionReceipt }> {
  const target = { abi: truthRingAbi, address: ring }
  return { receipt: await sendTo(client, target, 'record', [topic, round, proof]) }
}

function targetOf(bonds: Address) {
  return { abi: modelBondAbi, address: bonds }
}
