/*
 * The thread that listens for a node. It answers health and metrics from what the node last told it, and hands the rest
 * over, few at a time: however many connect, the node keeps ticking.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { clientAddress, proxyList } from './clientAddress.ts'
import { isReady } from './findings.ts'
import type { Board, Finding } from './findings.ts'
import { rateLimit } from './deskApp.ts'
import type { FromThread, ServeOptions, ToThread } from './serveNode.ts'

/** An offer is well below this. */
const MOST_BYTES = 2048
/** Requests that the node itself works on at once; and how long one may take. */
const MOST_UNDER_WAY = 256
const ANSWER_MS = 10_000
const MOST_CONNECTIONS = 4096
/** Without a tick for so long a node is not ready. */
const STALE_MS = 60_000
const MINUTE = 60_000

const port = parentPort!
const { host, port: at, requestsPerMinute, trustedProxies } = workerData as ServeOptions
const proxies = proxyList(trustedProxies)
const isWithinLimit = rateLimit({ most: requestsPerMinute, windowMs: MINUTE })
const startedAt = Date.now()
const underWay = new Map<number, { response: ServerResponse; timer: NodeJS.Timeout }>()
let board: Board = { findings: [], metrics: '' }
let isMounted = false
let lastId = 0

const server = createServer((request, response) => {
  serve(request, response).catch(() => response.destroy())
})
server.maxConnections = MOST_CONNECTIONS
server.headersTimeout = 5000
server.requestTimeout = 10_000
server.keepAliveTimeout = 5000

server.on('error', ({ code, message }: NodeJS.ErrnoException) =>
  tell({ kind: 'failed', code, message }),
)
server.listen(at, host, () => tell({ kind: 'listening', address: server.address() as AddressInfo }))

port.on('message', (message: ToThread) => {
  if (message.kind === 'board') board = message.board
  if (message.kind === 'mounted') isMounted = true
  if (message.kind === 'answer') finish(message.id, message)
  if (message.kind === 'close') close()
})

function tell(message: FromThread): void {
  port.postMessage(message)
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://node')
  const forwardedFor = request.headers['x-forwarded-for']
  const client = clientAddress({
    socket: request.socket.remoteAddress,
    forwardedFor: Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
    proxies,
  })
  if (!isWithinLimit(client)) return refuse(response, 429, 'too-many-requests')
  if (request.method === 'GET' && pathname === '/livez') return text(response, 200, 'ok\n')
  if (request.method === 'GET' && pathname === '/readyz') {
    return readiness(response, searchParams.has('verbose'))
  }
  if (request.method === 'GET' && pathname === '/metrics') return text(response, 200, board.metrics)
  if (!isMounted) return refuse(response, 503, 'unavailable')
  return handOver(request, response, { path: pathname + search, client })
}

function readiness(response: ServerResponse, isVerbose: boolean): void {
  const findings = [...board.findings, ...tickFinding()]
  const ready = isReady(findings)
  const status = ready ? 200 : 503
  if (!isVerbose) return text(response, status, `${ready}\n`)
  json(response, status, { ready, checks: findings })
}

/** Told here, by the clock, so that it shows also where the node itself tells nothing any more. */
function tickFinding(): Finding[] {
  const age = Date.now() - (board.tickedAt ?? startedAt)
  if (board.tickedAt === undefined) {
    return [{ name: 'tick', status: 'fail', reason: 'the node has not looked at the chain yet' }]
  }
  const reason = `no look at the chain went through for ${Math.floor(age / 1000)} s`
  return [
    age > STALE_MS ? { name: 'tick', status: 'fail', reason } : { name: 'tick', status: 'ok' },
  ]
}

async function handOver(
  request: IncomingMessage,
  response: ServerResponse,
  { path, client }: { path: string; client: string },
): Promise<void> {
  if (underWay.size >= MOST_UNDER_WAY) return refuse(response, 503, 'unavailable')
  const id = ++lastId
  const timer = setTimeout(() => {
    finish(id, { status: 503, body: JSON.stringify({ status: 'refused', reason: 'unavailable' }) })
  }, ANSWER_MS)
  underWay.set(id, { response, timer })
  response.once('close', () => forget(id))

  const body = await bodyOf(request)
  if (body === undefined) {
    forget(id)
    return refuse(response, 413, 'too-large')
  }
  tell({ kind: 'request', id, method: request.method ?? 'GET', path, body, client })
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length
    if (bytes > MOST_BYTES) return undefined
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString()
}

function finish(id: number, { status, body }: { status: number; body: string }): void {
  const waiting = underWay.get(id)
  if (!waiting) return
  forget(id)
  waiting.response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}

function forget(id: number): void {
  clearTimeout(underWay.get(id)?.timer)
  underWay.delete(id)
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  json(response, status, { status: 'refused', reason })
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function text(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4' }).end(body)
}

function close(): void {
  server.close()
  server.closeAllConnections()
  port.close()
}
