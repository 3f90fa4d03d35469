/*
 * What worker and reputer say to each other over HTTP: the offers as both sides check them, one reputer as a worker asks it, and
 * several in turn.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { isAddress } from 'viem'
import type { Address, Hex } from 'viem'
import { z } from 'zod'
import { bodyOf } from '../chain/jsonRpc.ts'
import type { Answer, Endpoint } from './endpoint.ts'

const hex = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`), `must be 0x and ${2 * bytes} hex digits`)
    .transform((text) => text.toLowerCase() as Hex)

const integer = (least: bigint, most: bigint) =>
  z
    .string()
    .regex(/^-?\d{1,40}$/, 'must be a whole number in decimal digits, as a string')
    .transform(BigInt)
    .refine((number) => number >= least && number <= most, `must be from ${least} to ${most}`)

const key = {
  topic: hex(32),
  round: integer(0n, 2n ** 24n - 2n),
  worker: z
    .string()
    .refine((text) => isAddress(text, { strict: false }), 'must be an address')
    .transform((text) => text as Address),
}

const signed = { commitment: hex(20), r: hex(32), vs: hex(32) }

/** Body of POST /commitments. */
export const commitmentSchema = z.strictObject({
  ...key,
  ...signed,
  capsule: hex(15).exactOptional(),
})

/** What a reputer shows of another word it has. */
export const signedSchema = z.object(signed)

/** Body of POST /openings. */
export const openingSchema = z.strictObject({
  ...key,
  value: integer(-(2n ** 103n), 2n ** 103n - 1n),
  confidence: integer(1n, 10_000n),
  salt: hex(16),
})

/** Body of POST /listeners. */
export const listenerSchema = z.strictObject({
  ...key,
  since: integer(0n, 2n ** 40n),
  id: hex(32),
  signature: hex(65),
})

/** Another journal, as a reputer shows it. */
export const heardSchema = z.object({
  since: integer(0n, 2n ** 40n),
  id: hex(32),
  signature: hex(65),
  agoMs: z.number(),
})

/** Query of GET /commitments. */
export const heldSchema = z.object(key)

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

/** What happened, without the address or what came: `fetch` says where it failed only in the words of its cause. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'no JSON'
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
  const body = await bodyOf(response, MOST_BYTES)
  if (body === undefined) throw new Error(`an answer of more than ${MOST_BYTES} bytes`)
  return new Response(new Uint8Array(body), { status: response.status })
}

/** How long a reputer has before the next one is asked beside it. */
const HEDGE_MS = 400

/**
 * Asks reputers one after the other until one accepts. Who keeps silent is waited for beside the next one, and none longer
 * than `limitMs`: ten that are gone cost no more than one. Each answer goes to `onAnswer` before the next reputer is asked.
 */
export async function askInTurn(options: {
  reputers: readonly Endpoint[]
  ask: (reputer: Endpoint) => Promise<Answer>
  /** May throw, which ends the asking. */
  onAnswer: (answer: Answer) => Promise<void>
  limitMs: number
}): Promise<{ status: 'accepted'; reputer: Endpoint } | { status: 'refused'; reason: string }> {
  const { reputers, ask, onAnswer, limitMs } = options
  const done = new AbortController()
  const reasons: string[] = []
  let accepted: Endpoint | undefined

  async function follow(reputer: Endpoint): Promise<void> {
    const answer = await ask(reputer)
    await onAnswer(answer)
    if (answer.status === 'accepted') accepted ??= reputer
    else reasons.push(`${reputer.name}: ${answer.reason}`)
  }

  /** Until one accepts, all have answered, or the time is over. */
  async function first(asked: readonly Promise<void>[], ms: number): Promise<void> {
    const left = new Set(asked)
    const ended = () => left.clear()
    const over = pause(ms, undefined, { signal: done.signal }).then(ended, ended)
    while (left.size > 0 && accepted === undefined) {
      await Promise.race([over, ...[...left].map((each) => each.then(() => left.delete(each)))])
    }
  }

  const asked: Promise<void>[] = []
  try {
    for (const reputer of reputers) {
      const following = follow(reputer)
      // One that fails when nobody waits any more is no concern of anybody.
      following.catch(() => {})
      asked.push(following)
      await first([following], HEDGE_MS)
      if (accepted !== undefined) return { status: 'accepted', reputer: accepted }
    }
    await first(asked, limitMs)
    if (accepted !== undefined) return { status: 'accepted', reputer: accepted }
    const silent = asked.length - reasons.length
    const rest = silent > 0 ? [`${silent} without an answer in time`] : []
    return { status: 'refused', reason: [...reasons, ...rest].join('; ') || 'no reputers' }
  } finally {
    done.abort()
  }
}
