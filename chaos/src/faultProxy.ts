/*
 * A JSON-RPC proxy that misbehaves as it is told: what public endpoints do to a node on a bad night, on purpose and again
 * and again.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hexToBigInt, numberToHex } from 'viem'
import type { Hex } from 'viem'

type RpcRequest = { id: unknown; method: string; params: unknown[] }

/** What the proxy does with a request. */
type Reply =
  | { result: unknown }
  | { error: { code: number; message: string; data?: unknown } }
  /** An HTTP status in place of an answer. */
  | { status: number; headers?: Record<string, string> }
  /** The connection is cut. */
  | 'cut'
  /** The connection stays open and nothing ever comes. */
  | 'silence'
  /** The answer breaks off in its middle. */
  | 'half'

/** Asks the node behind the proxy. */
type Forward = (request: Pick<RpcRequest, 'method' | 'params'>) => Promise<Reply>

/** A fault: gives the reply to a request, or nothing where it leaves the request alone. */
export type Fault = (
  request: RpcRequest,
  forward: Forward,
) => Reply | undefined | Promise<Reply | undefined>

export type FaultProxy = {
  url: string
  /** The faults at work now, asked in their order; the first that replies is heard. */
  faults: Fault[]
  /** Requests that came, by method. */
  counts: Map<string, number>
  close: () => Promise<void>
}

/** Starts a proxy on a free port of loopback. With `path` its URL carries one, as those of providers carry a key. */
export async function startFaultProxy(options: {
  target: string
  faults?: readonly Fault[]
  path?: string
}): Promise<FaultProxy> {
  const { target, path = '' } = options
  const faults = [...(options.faults ?? [])]
  const counts = new Map<string, number>()

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy())
  })

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = JSON.parse(await bodyOf(incoming)) as RpcRequest
    counts.set(request.method, (counts.get(request.method) ?? 0) + 1)
    const reply = await replyTo(request)
    if (reply === 'silence') return
    if (reply === 'half') {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"jsonrpc":"2.0","id":1,"resu')
      return
    }
    if (reply === 'cut') {
      response.destroy()
      return
    }
    if ('status' in reply) {
      response.writeHead(reply.status, reply.headers).end()
      return
    }
    const body = JSON.stringify({ jsonrpc: '2.0', id: request.id, ...reply })
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)
  }

  async function replyTo(request: RpcRequest): Promise<Reply> {
    for (const fault of faults) {
      const reply = await fault(request, forward)
      if (reply !== undefined) return reply
    }
    return forward(request)
  }

  const forward: Forward = async ({ method, params }) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(target, { method: 'POST', headers, body })
    const { result, error } = (await response.json()) as { result?: unknown; error?: never }
    return error ? { error } : { result }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${path}`,
    faults,
    counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/* FAULTS */

/** Accepts, and never answers. */
export const hang: Fault = () => 'silence'

/** Cuts every connection. */
export const cut: Fault = () => 'cut'

/** Answers nothing but an HTTP status. */
export const down =
  (status = 503): Fault =>
  () => ({ status })

/** Some of the answers are errors; which ones follows from the seed. */
export function flaky({ share, seed = 1 }: { share: number; seed?: number }): Fault {
  let state = seed
  return () => {
    // Marsaglia's xorshift: every 32-bit number once, then again.
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32 < share ? { status: 500 } : undefined
  }
}

/** Takes a transaction and says that it failed: the first so many, or all. */
export function failAfterForwarding({ times = Infinity, status = 500 } = {}): Fault {
  let left = times
  return async (request, forward) => {
    if (request.method !== 'eth_sendRawTransaction' || left <= 0) return undefined
    left -= 1
    await forward(request)
    return { status }
  }
}

/** Says so many times that there is no receipt, where there is one. */
export function lateReceipts({ times }: { times: number }): Fault {
  let left = times
  return async (request, forward) => {
    if (request.method !== 'eth_getTransactionReceipt') return undefined
    const reply = await forward(request)
    if (typeof reply !== 'object' || !('result' in reply) || reply.result === null) return reply
    left -= 1
    return left >= 0 ? { result: null } : reply
  }
}

/** Knows no pending block. */
export const noPending: Fault = ({ params }) =>
  params.includes('pending')
    ? { error: { code: -32000, message: 'pending block is not available' } }
    : undefined

/** Answers what is asked of the pending block out of an old one, which it stopped building long ago. */
export function stalePending({ block }: { block: bigint }): Fault {
  const old = numberToHex(block)
  return ({ method, params }, forward) => {
    if (!params.includes('pending')) return undefined
    return forward({ method, params: params.map((each) => (each === 'pending' ? old : each)) })
  }
}

/** Does not take transactions, in so many words, the first so many times; or takes them all the same and says so. */
export function refusedAs(message: string, { times = 1, isTaken = false } = {}): Fault {
  let left = times
  return async (request, forward) => {
    if (request.method !== 'eth_sendRawTransaction' || left <= 0) return undefined
    left -= 1
    if (isTaken) await forward(request)
    return { error: { code: -32000, message } }
  }
}

/** Shows each receipt first as of a block that the chain took back, so many times. */
export function orphanedReceipts({ times }: { times: number }): Fault {
  return receiptsFirst(times, { status: '0x0', blockHash: `0x${'ab'.repeat(32)}` })
}

/** Shows each receipt first as one of a transaction that waits: without a block. */
export function pendingReceipts({ times }: { times: number }): Fault {
  return receiptsFirst(times, { status: null, blockHash: null, blockNumber: null })
}

/** Shows each receipt with other fields, so many times. */
function receiptsFirst(times: number, fields: object): Fault {
  const shown = new Map<unknown, number>()
  return async (request, forward) => {
    if (request.method !== 'eth_getTransactionReceipt') return undefined
    const reply = await forward(request)
    const receipt = (reply as { result?: object | null }).result
    const count = (shown.get(request.params[0]) ?? 0) + 1
    shown.set(request.params[0], count)
    return !receipt || count > times ? reply : { result: { ...receipt, ...fields } }
  }
}

/** Breaks off in the middle of every so-manieth answer. */
export function half({ every }: { every: number }): Fault {
  let count = 0
  return () => (++count % every === 0 ? 'half' : undefined)
}

/** Leaves out the last of the logs that were asked for. */
export const fewerLogs: Fault = async (request, forward) => {
  if (request.method !== 'eth_getLogs') return undefined
  const reply = await forward(request)
  const logs = (reply as { result?: unknown[] }).result
  return logs ? { result: logs.slice(0, -1) } : reply
}

/** Answers no logs at all, whatever there are. */
export const noLogs: Fault = ({ method }) => (method === 'eth_getLogs' ? { result: [] } : undefined)

/** Refuses logs of more than so many blocks. */
export function logLimit({ blocks, status }: { blocks: bigint; status?: number }): Fault {
  return async ({ method, params }, forward) => {
    if (method !== 'eth_getLogs') return undefined
    const head = await headOf(forward)
    const { fromBlock, toBlock } = params[0] as { fromBlock?: string; toBlock?: string }
    const number = (block?: string) => (block?.startsWith('0x') ? hexToBigInt(block as Hex) : head)
    const size = number(toBlock) - number(fromBlock) + 1n
    if (size <= blocks) return undefined
    if (status !== undefined) return { status }
    return { error: { code: -32602, message: `eth_getLogs is limited to a ${blocks} range` } }
  }
}

/** Serves another chain, as a balancer does that has a wrong node among its own: so many times, or always. */
export function wrongChain({ id, times = Infinity }: { id: number; times?: number }): Fault {
  let left = times
  return ({ method }) => {
    if (method !== 'eth_chainId' || left <= 0) return undefined
    left -= 1
    return { result: numberToHex(id) }
  }
}

/** Names a head so many blocks behind, and says nothing about what is younger. */
export function lagging({ blocks }: { blocks: bigint }): Fault {
  const heads = ['latest', 'pending']
  return async ({ method, params }, forward) => {
    const head = (await headOf(forward)) - blocks
    const old = numberToHex(head > 0n ? head : 0n)
    if (method === 'eth_blockNumber') return { result: old }
    if (method === 'eth_getTransactionReceipt') {
      const reply = await forward({ method, params })
      const { blockNumber } = ((reply as { result?: object }).result ?? {}) as { blockNumber?: Hex }
      const isYoung = blockNumber !== undefined && hexToBigInt(blockNumber) > head
      return isYoung ? { result: null } : reply
    }
    const aged = params.map((each) => (heads.includes(each as string) ? old : each))
    return forward({ method, params: aged })
  }
}

/** A fault of some methods alone. */
export function only(methods: readonly string[], fault: Fault): Fault {
  return (request, forward) =>
    methods.includes(request.method) ? fault(request, forward) : undefined
}

async function headOf(forward: Forward): Promise<bigint> {
  const reply = await forward({ method: 'eth_blockNumber', params: [] })
  return hexToBigInt((reply as { result: Hex }).result)
}
