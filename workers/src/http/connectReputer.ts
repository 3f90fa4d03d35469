import { isAddress } from 'viem'
import { z } from 'zod'
import type { Answer, Endpoint } from './endpoint.ts'
import { signedSchema } from './offerSchemas.ts'

/** As much of `fetch` as is needed; a hono app's `request` serves as well. */
export type Fetch = (url: string, init: RequestInit) => Response | Promise<Response>

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

/** Speaks to a reputer over HTTP. A reputer that is slow, gone or speaks nonsense is silent. */
export function connectReputer(options: {
  url: string
  timeoutMs?: number
  fetch?: Fetch
}): Endpoint {
  const { url, timeoutMs = 3000, fetch = globalThis.fetch } = options
  const base = url.replace(/\/$/, '')

  async function post(path: string, offer: object): Promise<Answer> {
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(new Error('no answer in time')), timeoutMs)
    try {
      const response = await fetch(base + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(offer, (_, value) =>
          typeof value === 'bigint' ? String(value) : value,
        ),
        signal: patience.signal,
      })
      const parsed = answer.safeParse(await response.json())
      return parsed.data ?? { status: 'silent', reason: `HTTP ${response.status}` }
    } catch (error) {
      return { status: 'silent', reason: (error as Error).message }
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    name: base,
    takeCommitment: (offer) => post('/commitments', offer),
    takeOpening: (offer) => post('/openings', offer),
  }
}
