import { keccak256 } from 'viem'
import type { Address, Hex } from 'viem'

/** A model's name: the hash of its bytes. */
export type ModelId = Hex

/**
 * Where the inputs of a bonded model come from, in the order of the contract's enum. With `truths` the whole value is proven,
 * with `given` only the computation.
 */
export const inputKinds = ['truths', 'given'] as const
export type InputKind = (typeof inputKinds)[number]

/** How a broken promise was proven, in the order of the contract's enum. */
export const breachProofs = ['none', 'difference', 'wrongInputs', 'silence'] as const
export type BreachProof = (typeof breachProofs)[number]

/** A worker in a topic, at a ModelBond. */
export type BondKey = { bonds: Address; topic: Hex; worker: Address }

/** What a challenge of a bond proves, in words for a page. */
export const provenBy: { readonly [kind in InputKind]: string } = {
  truths:
    'The whole value: the model was evaluated by the contract on truths that the contract knows.',
  given:
    'Only the computation: the model was evaluated by the contract on inputs that the worker chose.',
}

/** The name that a model will be published under. */
export function modelIdOf(model: Hex): ModelId {
  return keccak256(model)
}
