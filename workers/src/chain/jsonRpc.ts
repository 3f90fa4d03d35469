import { z } from 'zod'
import { faultOfAnswer, normalise } from './shapes.ts'

/** A node answered with an error of JSON-RPC. What it says may be a verdict (a revert) or the node's own trouble. */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly code: number
  readonly data: unknown

  constructor({ code, message, data }: { code: number; message: string; data?: unknown }) {
    super(message)
    this.code = code
    this.data = data
  }
}

/** No usable answer came: nothing follows from it about what was asked. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  /** Milliseconds after which the node wants to be asked again, where it says so. */
  readonly retryAfterMs: number | undefined
  /** Whether the node kept silent, where others were refused or cut off. */
  readonly isTimeout: boolean
  /** Whether the request cannot have reached the node. */
  readonly isUnsent: boolean

  constructor(
    message: string,
    options: { retryAfterMs?: number | undefined; isTimeout?: boolean; isUnsent?: boolean } = {},
  ) {
    super(message)
    this.retryAfterMs = options.retryAfterMs
    this.isTimeout = options.isTimeout ?? false
    this.isUnsent = options.isUnsent ?? false
  }
}

const envelope = z.object({
  result: z.unknown().optional(),
  error: z
    .object({ code: z.number(), message: z.string().default(''), data: z.unknown().optional() })
    .nullish(),
})

/** More logs than this are asked for in pieces. */
const MOST_BYTES = 64 * 2 ** 20

/** The whole body of a response; undefined, and the rest left unread, where it is longer than `most` bytes. */
export async function bodyOf(response: Response, most: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    bytes += part.value.length
    if (bytes > most) {
      await reader?.cancel()
      return undefined
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks)
}

/** Asks a JSON-RPC node over HTTP. Throws `RpcError` or `NoAnswer`; neither names more of the URL than its host. */
export type Ask = (
  method: string,
  params: unknown,
  options: { timeoutMs: number },
) => Promise<unknown>

/** Opens the way to one node. Credentials in the URL travel as a header, as `fetch` takes none in a URL. */
export function jsonRpc(url: string): Ask {
  const { address, headers, scrub } = partsOf(url)
  let id = 0

  async function post(body: string, timeoutMs: number): Promise<{ status: number; text: string }> {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      // A redirect could lead anywhere with the credentials: it is no answer.
      const init = { method: 'POST', headers, body, signal, redirect: 'manual' } as const
      const response = await fetch(address, init)
      const retryAfter = Number(response.headers.get('retry-after'))
      const bytes = await bodyOf(response, MOST_BYTES)
      if (bytes === undefined) {
        throw new RpcError({ code: -32005, message: `an answer of more than ${MOST_BYTES} bytes` })
      }
      const text = bytes.toString()
      if (response.status === 429) {
        throw new NoAnswer('too many requests (HTTP 429)', {
          retryAfterMs: retryAfter > 0 ? retryAfter * 1000 : undefined,
        })
      }
      // A verdict about the request's size: the same is asked in pieces.
      if (response.status === 413) throw new RpcError({ code: -32005, message: 'HTTP 413' })
      return { status: response.status, text }
    } catch (error) {
      if (error instanceof NoAnswer || error instanceof RpcError) throw error
      const isTimeout = signal.aborted
      const reason = isTimeout ? `no answer in ${timeoutMs} ms` : causeOf(error)
      const isUnsent =
        /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|bad port)$/.test(reason)
      throw new NoAnswer(scrub(reason), { isTimeout, isUnsent })
    }
  }

  return async (method, params, { timeoutMs }) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params: params ?? [] })
    const { status, text } = await post(body, timeoutMs)
    const parsed = envelope.safeParse(parseJson(text))
    const isFailed = status >= 500
    if (isFailed || !parsed.success || !isAnswer(parsed.data)) {
      throw new NoAnswer(isFailed ? `HTTP ${status}` : `no JSON-RPC answer (HTTP ${status})`)
    }
    const { error } = parsed.data
    if (error) throw new RpcError({ ...error, message: scrub(error.message) })
    const result = normalise(method, parsed.data.result)
    const fault = faultOfAnswer(method, params, result)
    if (fault !== undefined) throw new NoAnswer(fault)
    return result
  }
}

/** What may be shown of a URL: keys of providers stand in paths, queries and credentials, so only the host. */
export function hostOf(url: string): string {
  return new URL(url).host
}

function partsOf(url: string) {
  const parsed = new URL(url)
  const { username, password, pathname, search } = parsed
  const secrets = [username, password, ...pathname.split('/'), ...search.split(/[?&=]/)]
    .flatMap((part) => [part, decoded(part)])
    .filter((part) => part.length >= 6)
  parsed.username = ''
  parsed.password = ''
  const login = Buffer.from(`${decoded(username)}:${decoded(password)}`)
  const headers = {
    'content-type': 'application/json',
    ...((username || password) && { authorization: `Basic ${login.toString('base64')}` }),
  }
  /** A provider may repeat the key in what it says. */
  const scrub = (text: string) =>
    secrets.reduce((left, secret) => left.replaceAll(secret, '[secret]'), text)
  return { address: parsed.href, headers, scrub }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // Not percent-encoded after all.
    return part
  }
}

function isAnswer({ result, error }: z.output<typeof envelope>): boolean {
  return result !== undefined || (error !== undefined && error !== null)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Pages of proxies and half an answer: `envelope` refuses what comes of it.
    return undefined
  }
}

/** `fetch` says only "fetch failed"; what happened is in its cause. */
function causeOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } }
  return cause?.code ?? cause?.message ?? message
}
