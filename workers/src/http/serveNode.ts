import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import type { Hono } from 'hono'
import { OperatorError } from '../runtime/operatorError.ts'
import type { Board } from './findings.ts'

export type ServeOptions = {
  host: string
  port: number
  /** Requests one address may make in a minute. */
  requestsPerMinute: number
  /** Proxies whose `X-Forwarded-For` is believed, as addresses or networks such as 10.0.0.0/8. */
  trustedProxies: readonly string[]
}

export type ToThread =
  | { kind: 'board'; board: Board }
  | { kind: 'mounted' }
  | { kind: 'answer'; id: number; status: number; body: string }
  | { kind: 'close' }

export type FromThread =
  | { kind: 'listening'; address: AddressInfo }
  | { kind: 'failed'; code: string | undefined; message: string }
  | { kind: 'request'; id: number; method: string; path: string; body: string; client: string }

export type NodeServer = {
  url: string
  /** What health and metrics are answered from until the next time. */
  post: (board: Board) => void
  /** Requests that are not about health go to this app from now on. */
  mount: (app: Hono) => void
  close: () => Promise<void>
}

/** Where the source runs as it is written, and where it was built. */
const THREAD = new URL(`./serveThread${import.meta.url.slice(-3)}`, import.meta.url)

/**
 * Serves a node over HTTP from a thread of its own: `/livez`, `/readyz` (`?verbose` says why not) and `/metrics` from what
 * the node last posted, everything else from the app. Refuses a port that is in use.
 */
export async function serveNode(options: ServeOptions): Promise<NodeServer> {
  const { host, port } = options
  const thread = new Worker(THREAD, { workerData: options })
  let app: Hono | undefined
  const tell = (message: ToThread) => thread.postMessage(message)

  async function answer(request: Extract<FromThread, { kind: 'request' }>): Promise<void> {
    const { id, method, path, body, client } = request
    const hasBody = method !== 'GET' && method !== 'HEAD'
    const headers = { 'content-type': 'application/json', 'content-length': `${body.length}` }
    const init = { method, headers, ...(hasBody && { body }) }
    const response = await app!.request(path, init, { clientAddress: client })
    tell({ kind: 'answer', id, status: response.status, body: await response.text() })
  }

  const address = await new Promise<AddressInfo>((resolve, reject) => {
    thread.on('error', reject)
    thread.on('message', (message: FromThread) => {
      if (message.kind === 'listening') resolve(message.address)
      if (message.kind === 'failed') reject(cannotListen(message, { host, port }))
      if (message.kind === 'request') {
        answer(message).catch(() => tell({ kind: 'answer', id: message.id, ...unavailable }))
      }
    })
  }).catch(async (error: unknown) => {
    await thread.terminate()
    throw error
  })
  thread.unref()

  return {
    url: urlOf(address),
    post: (board) => tell({ kind: 'board', board }),
    mount: (mounted) => {
      app = mounted
      tell({ kind: 'mounted' })
    },
    close: async () => {
      tell({ kind: 'close' })
      await thread.terminate()
    },
  }
}

const unavailable = {
  status: 503,
  body: JSON.stringify({ status: 'refused', reason: 'unavailable' }),
}

function cannotListen(
  { code, message }: { code: string | undefined; message: string },
  { host, port }: { host: string; port: number },
): OperatorError {
  if (code === 'EADDRINUSE') {
    return new OperatorError(
      'locked',
      `Port ${port} of ${host} is in use. Stop what holds it, or set http.port to another one.`,
    )
  }
  return new OperatorError('error', `Cannot listen on ${host}:${port}: ${message}`)
}

function urlOf({ address, port, family }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
