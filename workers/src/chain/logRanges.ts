import { hexToBigInt, isHex, numberToHex } from 'viem'
import PQueue from 'p-queue'
import { RpcError } from './jsonRpc.ts'
import { isRevert } from './verdicts.ts'

type Filter = { fromBlock?: string; toBlock?: string; blockHash?: string }
type Pieces = { from: bigint; to: bigint }

/** The most blocks a node gives logs of at once, as learnt from its refusals; undefined while it refused none. */
export type LogLimit = { blocks?: bigint }

/** Pieces that are asked for at once. */
const AT_ONCE = 4
const METHOD_NOT_FOUND = -32601

/**
 * Logs of any range, from a node that limits ranges or answers: what it refuses is asked in smaller pieces, and the size
 * that works is kept in `limit`. Throws where a single block is refused.
 */
export async function logsInPieces(options: {
  ask: (method: string, params: unknown) => Promise<unknown>
  filter: Filter
  limit: LogLimit
}): Promise<unknown[]> {
  const { ask, filter, limit } = options
  const whole = () => ask('eth_getLogs', [filter]) as Promise<unknown[]>
  if (filter.blockHash !== undefined) return whole()
  if (limit.blocks === undefined) {
    try {
      return await whole()
    } catch (error) {
      if (!mayBeTooMuch(error)) throw error
    }
  }

  const head = hexToBigInt((await ask('eth_blockNumber', [])) as `0x${string}`)
  const from = numberOf(filter.fromBlock, head)
  const to = numberOf(filter.toBlock, head)
  return inPieces({ from, to })

  async function inPieces(range: Pieces): Promise<unknown[]> {
    const queue = new PQueue({ concurrency: AT_ONCE })
    const size = limit.blocks ?? range.to - range.from + 1n
    const pieces = piecesOf(range, size).map((piece) => () => inPiece(piece))
    return (await queue.addAll(pieces)).flat()
  }

  async function inPiece(piece: Pieces): Promise<unknown[]> {
    const { from, to } = piece
    const size = to - from + 1n
    // Another piece may have learnt meanwhile that this one is too large.
    if (limit.blocks !== undefined && size > limit.blocks) return inPieces(piece)
    const part = { ...filter, fromBlock: numberToHex(from), toBlock: numberToHex(to) }
    try {
      return (await ask('eth_getLogs', [part])) as unknown[]
    } catch (error) {
      if (!mayBeTooMuch(error) || size <= 1n) throw error
      const smaller = namedIn((error as RpcError).message, size) ?? size / 2n
      if (limit.blocks === undefined || smaller < limit.blocks) limit.blocks = smaller
      return inPieces(piece)
    }
  }
}

/** Any refusal may be about the size: providers share neither code nor words for it. */
function mayBeTooMuch(error: unknown): boolean {
  return error instanceof RpcError && !isRevert(error) && error.code !== METHOD_NOT_FOUND
}

/** The limit that a refusal names, such as "up to a 2K block range" or "maximum is 10,000". */
function namedIn(message: string, tried: bigint): bigint | undefined {
  const named = [...message.matchAll(/\b(\d[\d,_]*)(k?)\b/gi)]
    .map(([, digits, kilo]) => BigInt(digits!.replace(/[,_]/g, '')) * (kilo ? 1000n : 1n))
    .filter((blocks) => blocks >= 10n && blocks < tried)
  return named.sort((a, b) => (a < b ? 1 : -1))[0]
}

function piecesOf({ from, to }: Pieces, size: bigint): Pieces[] {
  const pieces: Pieces[] = []
  for (let start = from; start <= to; start += size) {
    const end = start + size - 1n
    pieces.push({ from: start, to: end < to ? end : to })
  }
  return pieces
}

function numberOf(block: string | undefined, head: bigint): bigint {
  if (block === 'earliest') return 0n
  return isHex(block) ? hexToBigInt(block) : head
}
