import { encodeFunctionData } from 'viem'
import type { ContractFunctionArgs, ContractFunctionName, Hex } from 'viem'
import { topicNetworkAbi } from '../abis/topicNetworkAbi.ts'

type Abi = typeof topicNetworkAbi
type Mutating = 'nonpayable' | 'payable'
export type WriteName = ContractFunctionName<Abi, Mutating>

/** The calldata of a call to the network, numbers given as bigints. */
export function encodeCall<const name extends WriteName>(
  functionName: name,
  args: Onchain<ContractFunctionArgs<Abi, Mutating, name>>,
): Hex {
  // The encoder takes bigints for small numbers as well; only its types insist on plain ones.
  return encodeFunctionData({ abi: topicNetworkAbi, functionName, args } as never)
}

/** Several calls as one: all of them or none. */
export function encodeMulticall({ calls }: { calls: readonly Hex[] }): Hex {
  return encodeCall('multicall', [calls])
}

/** A call, and what has to go before it in the same transaction. */
export function following(before: readonly Hex[], call: Hex): Hex {
  return before.length === 0 ? call : encodeMulticall({ calls: [...before, call] })
}

/**
 * A value as this SDK speaks of it: every on-chain number a bigint, where the ABI tools give small
 * ones as plain numbers.
 */
export type Onchain<T> = T extends number
  ? bigint
  : T extends string | bigint | boolean | undefined
    ? T
    : { [key in keyof T]: Onchain<T[key]> }

/** Turns every number inside a decoded value into a bigint. */
export function onchain<T>(value: T): Onchain<T> {
  return convert(value) as Onchain<T>
}

function convert(value: unknown): unknown {
  if (typeof value === 'number') return BigInt(value)
  if (Array.isArray(value)) return value.map(convert)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, convert(entry)]))
}
