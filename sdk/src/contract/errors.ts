import { decodeErrorResult, isHex } from 'viem'
import type { Hex } from 'viem'
import { errorsAbi } from '../abis/errorsAbi.ts'
import { sentences } from './sentences.ts'
import type { ErrorArgs, ErrorName } from './sentences.ts'

/** A refusal by a contract, in words: what, why, and what to do. */
export class AuspexError extends Error {
  /** Arguments of the custom error by name, as decoded. */
  readonly args: Readonly<{ [name: string]: unknown }>
  override readonly name: string

  constructor(name: string, args: { [name: string]: unknown }, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = name
    this.args = args
  }
}

/** A refusal as a contract would word it, for what is seen before a contract is asked. */
export function refusal<name extends ErrorName>(name: name, args: ErrorArgs<name>): AuspexError {
  return new AuspexError(name, args, sentenceOf(name, args))
}

/** Decodes revert data; undefined if the error is not known here. */
export function decodeError(data: Hex, cause?: unknown): AuspexError | undefined {
  try {
    const { abiItem, errorName, args = [] } = decodeErrorResult({ abi: errorsAbi, data })
    const inputs = 'inputs' in abiItem ? abiItem.inputs : []
    const byName = Object.fromEntries(inputs.map(({ name }, i) => [name, args[i]]))
    return new AuspexError(errorName, byName, sentenceOf(errorName, byName), cause)
  } catch {
    // Data of a contract that is not ours: the caller keeps the error it has.
    return undefined
  }
}

function sentenceOf(name: string, args: { [name: string]: unknown }): string {
  if (name === 'Error') return `The contract refused: ${Object.values(args)[0]}.`
  if (name === 'Panic') return panicSentence(Object.values(args)[0])
  const sentence = sentences[name as ErrorName] as (args: unknown) => string
  return sentence(args)
}

function panicSentence(code: unknown): string {
  return `The contract's arithmetic stopped (panic ${code}): a number is beyond what it can be. Check the arguments.`
}

/** The error in words if it holds a refusal known here, else the error unchanged. */
export function explain(error: unknown): unknown {
  if (error instanceof AuspexError) return error
  const data = revertDataOf(error)
  return (data && decodeError(data, error)) ?? error
}

/** Revert data inside an error of viem, ethers or a JSON-RPC provider. */
export function revertDataOf(error: unknown, depth = 0): Hex | undefined {
  if (typeof error !== 'object' || error === null || depth > 8) return undefined
  const { data, cause, info, error: inner } = error as { [key: string]: unknown }
  if (isHex(data) && data.length >= 10) return data
  for (const next of [data, cause, info, inner]) {
    const found = revertDataOf(next, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}
