import {
  BaseError,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  concatHex,
  hexToBigInt,
  isHex,
  keccak256,
  numberToHex,
  size,
  toHex,
  toRlp,
} from 'viem'
import type { Address, Hex } from 'viem'
import { baseFeeTruthAbi } from '../abis/baseFeeTruthAbi.ts'
import type { AuspexClient } from '../client/createAuspex.ts'
import { getDefinition } from './getDefinition.ts'
import type { Definition } from './getDefinition.ts'
import { getFeedProof } from './getTruth.ts'

/** A proof that proves nothing: for sources that need none, and where there is nothing to prove yet. */
const NONE: Hex = '0x'

/**
 * The proof that a truth source of any kind needs for a past moment, for `getTruth` and `resolve`; empty where it needs
 * none, or where the moment cannot be proven yet or any longer. Then the source answers unknown.
 * The source has a `definition`, or its own `proofOf`; `targetTime` is the round's, unix time in seconds.
 * @example
 * ```ts
 * import { getTruthProof } from '@auspex/sdk'
 *
 * const proof = await getTruthProof(auspex, { source, targetTime })
 * ```
 */
export async function getTruthProof(
  client: AuspexClient,
  { source, targetTime }: { source: Address; targetTime: bigint },
): Promise<Hex> {
  const definition = await definitionIn(client, source)
  if (definition?.question.kind === 'poolAverage' || definition?.id !== undefined) return NONE
  if (definition !== undefined && definition.source === undefined)
    return getHeaderProof(client, { source, targetTime })
  return getFeedProof(client, { source, targetTime })
}

/** Undefined where the source has none; a chain that does not answer throws. */
async function definitionIn(
  client: AuspexClient,
  source: Address,
): Promise<Definition | undefined> {
  try {
    return await getDefinition(client, { source })
  } catch (error) {
    const isRefusal =
      error instanceof BaseError &&
      error.walk(
        (cause) =>
          cause instanceof ContractFunctionRevertedError ||
          cause instanceof ContractFunctionZeroDataError,
      ) !== null
    if (isRefusal) return undefined
    throw error
  }
}

/* HEADERS */

/** A header's fields in the order they are hashed; the later ones came with forks and are left out before them. */
const fields = [
  'parentHash',
  'sha3Uncles',
  'miner',
  'stateRoot',
  'transactionsRoot',
  'receiptsRoot',
  'logsBloom',
  'difficulty',
  'number',
  'gasLimit',
  'gasUsed',
  'timestamp',
  'extraData',
  'mixHash',
  'nonce',
  'baseFeePerGas',
  'withdrawalsRoot',
  'blobGasUsed',
  'excessBlobGas',
  'parentBeaconBlockRoot',
  'requestsHash',
  'blockAccessListHash',
] as const

/** Those that are hashed without leading zeros. */
const quantities = new Set<string>([
  'difficulty',
  'number',
  'gasLimit',
  'gasUsed',
  'timestamp',
  'baseFeePerGas',
  'blobGasUsed',
  'excessBlobGas',
])

type Header = Partial<Record<(typeof fields)[number], Hex>> & { hash: Hex }

/** The two headers between whose times the moment lies, for a BaseFeeTruth. */
async function getHeaderProof(
  client: AuspexClient,
  { source, targetTime }: { source: Address; targetTime: bigint },
): Promise<Hex> {
  const [latest, span] = await Promise.all([
    client.public.getBlockNumber({ cacheTime: 0 }),
    client.public.readContract({
      address: source,
      abi: baseFeeTruthAbi,
      functionName: 'provableBlocks',
    }),
  ])
  const next = await firstAfter(client, { targetTime, latest, span })
  if (next === undefined || next === 0n) return NONE

  const [last, following] = await Promise.all([headerAt(client, next - 1n), headerAt(client, next)])
  return concatHex([
    numberToHex(next, { size: 32 }),
    numberToHex(size(last), { size: 32 }),
    last,
    following,
  ])
}

/** Number of the first block later than a moment; undefined where there is none yet, or it can no longer be proven. */
async function firstAfter(
  client: AuspexClient,
  { targetTime, latest, span }: { targetTime: bigint; latest: bigint; span: bigint },
): Promise<bigint | undefined> {
  const isAfter = async (number: bigint) =>
    (await client.public.getBlock({ blockNumber: number })).timestamp > targetTime
  if (!(await isAfter(latest))) return undefined

  let [before, after] = [latest > span ? latest - span : 0n, latest]
  if (await isAfter(before)) return undefined
  while (after - before > 1n) {
    const middle = (before + after) / 2n
    if (await isAfter(middle)) after = middle
    else before = middle
  }
  return after
}

/** A block's header as the chain hashes it. */
async function headerAt(client: AuspexClient, number: bigint): Promise<Hex> {
  const block = (await client.public.request({
    method: 'eth_getBlockByNumber',
    params: [numberToHex(number), false],
  })) as unknown as Header
  const known = fields.filter((field) => isHex(block[field]))
  const header = toRlp(known.map((field) => encodedField(field, block[field]!)))
  if (keccak256(header) === block.hash) return header
  throw new Error(
    `The header of block ${number} hashes to ${keccak256(header)}, and the node says ${block.hash}. This chain's headers have fields that @auspex/sdk does not know: update it, or choose another truth source.`,
  )
}

function encodedField(field: string, value: Hex): Hex {
  if (!quantities.has(field)) return value
  const number = hexToBigInt(value)
  return number === 0n ? '0x' : toHex(number)
}
