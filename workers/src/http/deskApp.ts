import type { HttpBindings } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Address } from 'viem'
import type { z } from 'zod'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { commitmentOf, isSignedCommitment } from '@auspex/sdk'
import type { Phase, Place, RoundKey, SignedCommitment, TopicId } from '@auspex/sdk'
import { silent } from '../runtime/log.ts'
import type { Log } from '../runtime/log.ts'
import { clientAddress, proxyList } from './clientAddress.ts'
import { commitmentSchema, heldSchema, listenerSchema, openingSchema } from './connectReputer.ts'
import type { Desk, Offer } from './desk.ts'
import type { CommitmentOffer, OpeningOffer, RefusalReason } from './endpoint.ts'
import { isSignedListener, listenerBook } from './listeners.ts'
import type { Listener } from './listeners.ts'

/** What the desk has to know of a topic, read from the chain. */
export type Gate = {
  phaseOf: (round: bigint) => Promise<Phase>
  isSealing: () => Promise<boolean>
  isSeated: (round: bigint, worker: Address) => Promise<boolean>
}

export type DeskAppOptions = {
  place: Place
  /** The account that commits. */
  committer: Address
  topics: ReadonlyMap<TopicId, Gate>
  desk: Desk
  /** Requests one address may make in a minute. */
  requestsPerMinute?: number
  /** Offers that one worker's key may sign in a minute, whatever addresses they come from. */
  offersPerMinute?: number
  log?: Log
}

/** A body holds one offer, well below this. */
const MOST_BYTES = 2048
const MINUTE = 60_000

type Verdict =
  | { status: 'accepted' }
  | { status: 'refused'; reason: RefusalReason; held?: Required<SignedCommitment> }

/** Where workers hand in signed commitments, and later what opens them. Looks no further than the chain lets it. */
export function deskApp(options: DeskAppOptions): Hono {
  const { place, committer, topics, desk, log = silent } = options
  const { requestsPerMinute = 600, offersPerMinute = 120 } = options
  const isWithinLimit = rateLimit({ most: requestsPerMinute, windowMs: MINUTE })
  const isSignerWithinLimit = rateLimit({ most: offersPerMinute, windowMs: MINUTE })
  const hear = listenerBook()
  const app = new Hono()

  app.use(async (context, next) => {
    if (isWithinLimit(addressOf(context))) return next()
    return refuse(context, 'too-many-requests')
  })
  app.use(bodyLimit({ maxSize: MOST_BYTES, onError: (context) => refuse(context, 'too-large') }))
  app.post('/commitments', (context) => answer(context, commitmentSchema, takeCommitment))
  app.post('/openings', (context) => answer(context, openingSchema, takeOpening))
  app.post('/listeners', async (context) => {
    const parsed = listenerSchema.safeParse(await context.req.json().catch(() => undefined))
    if (!parsed.success) return refuse(context, 'invalid')
    const reason = await refusalOf(parsed.data)
    if (reason !== undefined) return refuse(context, reason)
    const others = hear(parsed.data).map((each) => ({ ...each, since: String(each.since) }))
    return context.json({ status: 'heard', others })
  })
  app.get('/commitments', (context) => {
    const parsed = heldSchema.safeParse(context.req.query())
    if (!parsed.success) return refuse(context, 'invalid')
    if (!topics.has(parsed.data.topic)) return refuse(context, 'unknown-topic')

    const held = desk.find(parsed.data)
    return context.json(held ? { status: 'held', held: signedIn(held) } : { status: 'none' })
  })
  app.get('/status', async (context) => context.json(await status()))
  app.onError((error, context) => {
    log.error({ reason: error.message }, 'request.failed')
    return refuse(context, 'unavailable')
  })

  /** Why a journal that listens is not heard. */
  async function refusalOf(listener: Listener): Promise<RefusalReason | undefined> {
    const { topic, round, worker } = listener
    const gate = topics.get(topic)
    if (gate === undefined) return 'unknown-topic'
    if (!(await isSignedListener(place, listener))) return 'bad-signature'
    if (!isSignerWithinLimit(worker.toLowerCase())) return 'too-many-requests'
    return (await gate.isSeated(round, worker)) ? undefined : 'not-seated'
  }

  async function takeCommitment(offer: CommitmentOffer): Promise<Verdict> {
    const gate = topics.get(offer.topic)
    if (gate === undefined) return refused('unknown-topic')

    const due = (await gate.isSealing()) ? 'commit' : 'reveal'
    if ((await gate.phaseOf(offer.round)) !== due) return refused('wrong-phase')
    if (!(await isSignedCommitment({ ...place, ...offer }))) return refused('bad-signature')
    if (!isSignerWithinLimit(offer.worker.toLowerCase())) return refused('too-many-requests')
    if (!(await gate.isSeated(offer.round, offer.worker))) return refused('not-seated')

    const taken = await desk.takeCommitment(offer)
    if (taken === 'closed') return refused('list-closed')
    // Only who has the worker's key gets this far; its other word tells it that somebody else has the key too.
    if (taken === 'conflict') return { ...refused('conflict'), held: signedIn(desk.find(offer)!) }
    if (taken === 'kept') log.info(named(offer), 'commitment.taken')
    return { status: 'accepted' }
  }

  async function takeOpening(offer: OpeningOffer): Promise<Verdict> {
    const gate = topics.get(offer.topic)
    if (gate === undefined) return refused('unknown-topic')

    const held = desk.find(offer)
    if (held === undefined) return refused('unknown-commitment')
    if (commitmentOf({ ...place, ...offer }) !== held.commitment) return refused('wrong-opening')
    // Before the window a value would be told to this reputer while others can still commit.
    if ((await gate.phaseOf(offer.round)) !== 'reveal') return refused('wrong-phase')

    const taken = await desk.takeOpening(offer)
    if (taken === 'kept') log.info(named(offer), 'opening.taken')
    return { status: 'accepted' }
  }

  async function answer<offer>(
    context: Context,
    schema: z.ZodType<offer>,
    take: (offer: offer) => Promise<Verdict>,
  ): Promise<Response> {
    const body: unknown = await context.req.json().catch(() => undefined)
    const parsed = schema.safeParse(body)
    if (!parsed.success) {
      const detail = parsed.error.issues.map(({ path, message }) => [...path, message].join(' '))
      return context.json({ status: 'refused', reason: 'invalid', detail }, statusOf.invalid)
    }

    const verdict = await take(parsed.data)
    if (verdict.status === 'accepted') return context.json({ status: 'accepted', committer })
    return context.json(verdict, statusOf[verdict.reason])
  }

  async function status() {
    return { status: 'up', committer, ...place, topics: [...topics.keys()] }
  }

  return app
}

function refused(reason: RefusalReason): Extract<Verdict, { status: 'refused' }> {
  return { status: 'refused', reason }
}

function refuse(context: Context, reason: RefusalReason): Response {
  return context.json({ status: 'refused', reason }, statusOf[reason])
}

function signedIn({ commitment, r, vs }: Offer): Required<SignedCommitment> {
  return { commitment, r, vs }
}

function named({ topic, round, worker }: RoundKey & { worker: Address }) {
  return { topic, round, worker }
}

/** As the thread that listens found it; callers within the process have no address and share one limit. */
function addressOf(context: Context): string {
  const bindings = context.env as (Partial<HttpBindings> & { clientAddress?: string }) | undefined
  if (bindings?.clientAddress !== undefined) return bindings.clientAddress
  if (!bindings?.incoming) return 'in process'
  const socket = getConnInfo(context).remote.address
  return clientAddress({ socket, forwardedFor: undefined, proxies: proxyList([]) })
}

/** The HTTP status of each refusal. */
export const statusOf: { [reason in RefusalReason]: ContentfulStatusCode } = {
  invalid: 400,
  'bad-signature': 401,
  'not-seated': 403,
  'unknown-topic': 404,
  'unknown-commitment': 404,
  'wrong-phase': 409,
  'list-closed': 409,
  conflict: 409,
  'wrong-opening': 409,
  'too-large': 413,
  'too-many-requests': 429,
  unavailable: 503,
}

/** Most keys that are remembered; the one that was heard least recently goes for a new one. */
const MOST_KEYS = 100_000

/** Counts requests of each key in windows of time. Tells whether one more is within the limit. */
export function rateLimit(options: {
  most: number
  windowMs: number
  mostKeys?: number
  now?: () => number
}): (key: string) => boolean {
  const { most, windowMs, mostKeys = MOST_KEYS, now = Date.now } = options
  /** In the order in which they were last heard. */
  const counts = new Map<string, number>()
  let endsAt = 0

  return (key) => {
    if (now() >= endsAt) {
      counts.clear()
      endsAt = now() + windowMs
    }
    const count = (counts.get(key) ?? 0) + 1
    counts.delete(key)
    counts.set(key, count)
    if (counts.size > mostKeys) counts.delete(counts.keys().next().value!)
    return count <= most
  }
}
