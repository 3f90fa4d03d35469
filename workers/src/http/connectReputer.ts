import { isAddress } from 'viem'
import { z } from 'zod'
import type { Answer, Endpoint } from './endpoint.ts'
import { heardSchema, signedSchema } from './offerSchemas.ts'

const answer = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('accepted'),
    committer: z.custom<`0x${string}`>((text) => isAddress(text as string)),
  }),
  z.object({
    status: z.literal('refused'),
    reason: z.string().max(200),
    held: signedSchema.exactOptional(),
  }),
])

const holding = z.discriminatedUnion('status', [
  z.object({ status: z.literal('held'), held: signedSchema }),
  z.object({ status: z.literal('none') }),
])

const announced = z.discriminatedUnion('status', [
  z.object({ status: z.literal('heard'), others: z.array(heardSchema).max(16) }),
  z.object({ status: z.literal('refused'), reason: z.string().max(200) }),
])

/** How long an acceptance is taken to hold, and how many are remembered. */
const KEPT_MS = 30_000
const MOST_KEPT = 64

/** Speaks to a reputer over HTTP. A reputer that is slow, gone or speaks nonsense is silent. */
export function connectReputer(options: {
  url: string
  timeoutMs?: number
  fetch?: Fetch
}): Endpoint {
  const { url, timeoutMs = 3000, fetch = boundedFetch } = options
  const base = url.replace(/\/$/, '')

  /** What was accepted is not offered again at every look; now and then it is, as a reputer may lose its desk. */
  const accepted = new Map<string, { answer: Answer; until: number }>()

  async function post(path: string, offer: object): Promise<Answer> {
    const init = posting(offer)
    const key = `${path} ${init.body}`
    const earlier = accepted.get(key)
    if (earlier && Date.now() < earlier.until) return earlier.answer

    const given = await ask(path, init, answer)
    accepted.delete(key)
    if (given.status === 'accepted') {
      if (accepted.size >= MOST_KEPT) accepted.delete(accepted.keys().next().value!)
      accepted.set(key, { answer: given, until: Date.now() + KEPT_MS })
    }
    return given
  }

  async function ask<Parsed>(
    path: string,
    init: RequestInit,
    schema: z.ZodType<Parsed>,
  ): Promise<Parsed | { status: 'silent'; reason: string }> {
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(new Error('no answer in time')), timeoutMs)
    try {
      const response = await fetch(base + path, { ...init, signal: patience.signal })
      const parsed = schema.safeParse(await response.json())
      return parsed.data ?? { status: 'silent', reason: `HTTP ${response.status}` }
    } catch (error) {
      return { status: 'silent', reason: reasonOf(error) }
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    // Operators put secrets in paths and queries: the host alone is shown.
    name: URL.canParse(url) ? new URL(url).host : 'a reputer',
    takeCommitment: (offer) => post('/commitments', offer),
    takeOpening: (offer) => post('/openings', offer),
    findCommitment: ({ topic, round, worker }) =>
      ask(`/commitments?topic=${topic}&round=${round}&worker=${worker}`, {}, holding),
    announce: (listener) => ask('/listeners', posting(listener), announced),
  }
}

function posting(offer: object) {
  const body = JSON.stringify(offer, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body }
}

/** What happened, without the address: `fetch` says where it failed only in the words of its cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string } }
  return cause?.code ?? (/https?:/.test(message) ? 'no answer' : message)
}

/** As much of `fetch` as is needed; a hono app's `request` serves as well. */
export type Fetch = (url: string, init: RequestInit) => Response | Promise<Response>

/** Answers of reputers are some hundred bytes. */
const MOST_BYTES = 16 * 1024

/**
 * `fetch` for addresses that others chose: follows no redirect, which could lead to a service behind this machine's
 * firewall, and reads no answer longer than 16 KiB.
 */
export const boundedFetch: Fetch = async (url, init) => {
  const response = await fetch(url, { ...init, redirect: 'error' })
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    bytes += part.value.length
    if (bytes > MOST_BYTES) {
      await reader?.cancel()
      throw new Error(`an answer of more than ${MOST_BYTES} bytes`)
    }
    chunks.push(part.value)
  }
  return new Response(Buffer.concat(chunks), { status: response.status })
}
