/* The reads of the window, over HTTP: rows as they are indexed, numbers of the chain as decimal text. */
import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi'
import { and, asc, count, desc, eq, gt, inArray, lt, max, sql } from 'drizzle-orm'
import { streamSSE } from 'hono/streaming'
import { csvOf, datasetTables, recordToText } from '../../sdk/src/index.ts'
import { readArgs } from '../indexer/argsText.ts'
import { readRecord } from './readRecord.ts'
import { readSkill } from './readSkill.ts'
import type { TopicRecord } from '../../sdk/src/index.ts'
import type { Source } from './source.ts'

const PAGE = 60
const CARDS = 24
const SPARK = 24
const MOST_ROUNDS = 500
const LOOK_MS = 400
const BEAT_MS = 10_000

const topicId = z.string().regex(/^0x[0-9a-f]{64}$/, 'A topic is 32 bytes in hex')
const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'An address is 20 bytes in hex')
  .transform((text) => text.toLowerCase())
const row = z.record(z.string(), z.unknown())
const rows = z.object({ rows: z.array(row) })
const page = z.object({
  last: z.coerce.number().int().min(1).max(MOST_ROUNDS).default(PAGE),
  before: z.coerce.number().int().min(0).optional(),
})

const answer = (schema: z.ZodType, description: string) => ({
  200: { content: { 'application/json': { schema } }, description },
})
const missing = { 404: { description: 'Nothing of that name is indexed' } }

/** The API and its OpenAPI document, to be mounted at `/api`. */
export function createApi({ db, schema }: Source): OpenAPIHono {
  const { topic, round, prediction, worker, movement, event } = schema
  const api = new OpenAPIHono({
    defaultHook: (result, context) => {
      if (result.success) return
      const error = result.error.issues.map(({ message, path }) => `${path.join('.')}: ${message}`)
      return context.json({ error: error.join('; ') }, 400)
    },
  })

  api.openapi(
    createRoute({
      method: 'get',
      path: '/topics',
      request: {
        query: z.object({ last: page.shape.last.default(CARDS), from: page.shape.before }),
      },
      responses: answer(rows, 'Topics, oldest first, each with its last aggregates and truths'),
    }),
    async (context) => {
      const { last, from = 0 } = context.req.valid('query')
      const topics = await db
        .select()
        .from(topic)
        .orderBy(asc(topic.block), asc(topic.id))
        .offset(from)
        .limit(last)
      const cards = topics.map(async ({ terms: _, ...each }: Topic) => ({
        ...each,
        ...(await standingOf(each.id)),
        latest: await sparkOf(each.id),
      }))
      return context.json(plain({ rows: await Promise.all(cards) }))
    },
  )

  type Topic = typeof topic.$inferSelect
  /** How many rounds a topic has had, and how well they did. */
  async function standingOf(id: string) {
    const [[{ rounds }], skill] = await Promise.all([
      db
        .select({ rounds: count() })
        .from(round)
        .where(eq(round.topic, id as never)),
      readSkill({ db, schema, topic: id }),
    ])
    return { rounds, skill }
  }

  /** What a card shows of the last rounds. */
  async function sparkOf(id: string) {
    const { round: number, status, revealed, value, lower, upper, truth } = round
    const found = await db
      .select({ round: number, status, revealed, value, lower, upper, truth })
      .from(round)
      .where(eq(round.topic, id as never))
      .orderBy(desc(number))
      .limit(SPARK)
    return found.reverse()
  }

  async function roundsOf(
    id: string,
    { last, before }: { last: number; before?: number | undefined },
  ) {
    const own = eq(round.topic, id as never)
    const found = await db
      .select(roundColumns)
      .from(round)
      .where(before === undefined ? own : and(own, lt(round.round, before)))
      .orderBy(desc(round.round))
      .limit(last)
    return found.reverse()
  }
  const { outcome: _, ...roundColumns } = columnsOf(round)

  api.openapi(
    createRoute({
      method: 'get',
      path: '/topics/{topic}',
      request: { params: z.object({ topic: topicId }) },
      responses: { ...answer(row, 'One topic'), ...missing },
    }),
    async (context) => {
      const { topic: id } = context.req.valid('param')
      const [found] = await db
        .select()
        .from(topic)
        .where(eq(topic.id, id as never))
      if (!found) return context.json({ error: `No topic ${id} is indexed` }, 404)
      const terms = readArgs(found.terms)
      return context.json(plain({ ...found, terms, ...(await standingOf(id)) }), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/topics/{topic}/rounds',
      request: { params: z.object({ topic: topicId }), query: page },
      responses: answer(rows, 'Rounds, oldest first; `before` goes back page by page'),
    }),
    async (context) => {
      const { topic: id } = context.req.valid('param')
      return context.json(plain({ rows: await roundsOf(id, context.req.valid('query')) }))
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/topics/{topic}/predictions',
      request: { params: z.object({ topic: topicId }), query: page },
      responses: answer(rows, 'Values of the workers in the same page of rounds'),
    }),
    async (context) => {
      const { topic: id } = context.req.valid('param')
      const numbers = (await roundsOf(id, context.req.valid('query'))).map(
        (each: { round: number }) => each.round,
      )
      if (numbers.length === 0) return context.json({ rows: [] })
      const { round: number, worker: who, value, wager, trust } = prediction
      const found = await db
        .select({ round: number, worker: who, value, wager, trust })
        .from(prediction)
        .where(and(eq(prediction.topic, id as never), inArray(number, numbers)))
        .orderBy(asc(number), asc(prediction.place))
      return context.json(plain({ rows: found }))
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/topics/{topic}/rounds/{round}',
      request: { params: z.object({ topic: topicId, round: z.coerce.number().int().min(0) }) },
      responses: { ...answer(row, 'One round with its predictions and payouts'), ...missing },
    }),
    async (context) => {
      const { topic: id, round: number } = context.req.valid('param')
      const [found] = await db
        .select(roundColumns)
        .from(round)
        .where(and(eq(round.topic, id as never), eq(round.round, number)))
      if (!found) return context.json({ error: `Round ${number} is not indexed` }, 404)
      const predictions = await db
        .select()
        .from(prediction)
        .where(and(eq(prediction.topic, id as never), eq(prediction.round, number)))
        .orderBy(asc(prediction.place))
      return context.json(plain({ ...found, predictions }), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/topics/{topic}/workers',
      request: { params: z.object({ topic: topicId }) },
      responses: answer(rows, 'Workers by what they earned'),
    }),
    async (context) => {
      const { topic: id } = context.req.valid('param')
      const earned = sql`${worker.reward} + ${worker.fromPool} + ${worker.fromPeers} - ${worker.slashed}`
      const found = await db
        .select()
        .from(worker)
        .where(eq(worker.topic, id as never))
        .orderBy(desc(earned))
        .limit(256)
      return context.json(plain({ rows: found }))
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/topics/{topic}/workers/{worker}',
      request: { params: z.object({ topic: topicId, worker: address }), query: page },
      responses: { ...answer(row, 'One worker and its rounds, oldest first'), ...missing },
    }),
    async (context) => {
      const { topic: id, worker: who } = context.req.valid('param')
      const { last, before } = context.req.valid('query')
      const [found] = await db
        .select()
        .from(worker)
        .where(and(eq(worker.topic, id as never), eq(worker.worker, who as never)))
      if (!found) return context.json({ error: `No worker ${who} is indexed` }, 404)
      const own = and(eq(prediction.topic, id as never), eq(prediction.worker, who as never))
      const said = await db
        .select({ ...columnsOf(prediction), aggregate: round.value, truth: round.truth })
        .from(prediction)
        .innerJoin(round, and(eq(round.topic, prediction.topic), eq(round.round, prediction.round)))
        .where(before === undefined ? own : and(own, lt(prediction.round, before)))
        .orderBy(desc(prediction.round))
        .limit(last)
      return context.json(plain({ ...found, predictions: said.reverse() }), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/topics/{topic}/movements',
      request: { params: z.object({ topic: topicId }), query: page.pick({ last: true }) },
      responses: answer(rows, 'What moved money, latest first'),
    }),
    async (context) => {
      const { topic: id } = context.req.valid('param')
      const found = await db
        .select()
        .from(movement)
        .where(eq(movement.topic, id as never))
        .orderBy(desc(movement.block), desc(movement.id))
        .limit(context.req.valid('query').last)
      return context.json(plain({ rows: found }))
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/topics/{topic}/events',
      request: { params: z.object({ topic: topicId }), query: page.pick({ last: true }) },
      responses: answer(rows, 'All events of a topic with their arguments, latest first'),
    }),
    async (context) => {
      const { topic: id } = context.req.valid('param')
      const found = await db
        .select()
        .from(event)
        .where(eq(event.topic, id as never))
        .orderBy(desc(event.block), desc(event.place))
        .limit(context.req.valid('query').last)
      const read = found.map((each: typeof event.$inferSelect) => ({
        ...each,
        args: readArgs(each.args),
      }))
      return context.json(plain({ rows: read }))
    },
  )

  const files = {
    'record.json': ['application/json', recordToText],
    'rounds.csv': ['text/csv', (record) => csvOf(datasetTables(record).rounds)],
    'predictions.csv': ['text/csv', (record) => csvOf(datasetTables(record).predictions)],
  } satisfies Record<string, [string, (record: TopicRecord) => string]>
  const names = Object.keys(files) as [keyof typeof files]

  api.openapi(
    createRoute({
      method: 'get',
      path: '/topics/{topic}/dataset/{file}',
      request: { params: z.object({ topic: topicId, file: z.enum(names) }) },
      responses: {
        200: {
          content: { 'text/csv': { schema: z.string() }, 'application/json': { schema: row } },
          description: 'A file of the data set, as `auspex dataset` writes it',
        },
        ...missing,
      },
    }),
    async (context) => {
      const { topic: id, file } = context.req.valid('param')
      const record = await readRecord({ db, schema, topic: id })
      if (!record) return context.json({ error: `No topic ${id} is indexed` }, 404)
      const [type, text] = files[file]
      const disposition = `attachment; filename="${id.slice(0, 10)}-${file}"`
      const headers = { 'content-type': `${type}; charset=utf-8` }
      return context.body(text(record), 200, {
        ...headers,
        'content-disposition': disposition,
      }) as never
    },
  )

  /** What happened, as it happens: a block whenever something is added or undone, and what was added to it. */
  api.get('/events', (context) =>
    streamSSE(context, async (stream) => {
      let seen: { block: number; events: number } | undefined
      let quiet = 0
      while (!stream.aborted && !stream.closed) {
        const [latest] = await db.select({ block: max(event.block), events: count() }).from(event)
        const [{ rounds }] = await db.select({ rounds: count() }).from(round)
        const now = { block: Number(latest.block ?? 0), events: Number(latest.events) }
        const isNew = now.block !== seen?.block || now.events !== seen.events
        const added = seen && isNew ? await addedSince(seen.block) : []
        quiet += LOOK_MS
        if (isNew || quiet >= BEAT_MS) {
          await stream.writeSSE({
            event: isNew ? 'block' : 'beat',
            data: JSON.stringify({ block: now.block, rounds, events: added }),
          })
          quiet = 0
        }
        seen = now
        await stream.sleep(LOOK_MS)
      }
    }),
  )

  /** The latest events after a block, oldest first. */
  async function addedSince(block: number) {
    const { name, topic: of, round: number, transaction } = event
    const found = await db
      .select({ name, topic: of, round: number, block: event.block, transaction })
      .from(event)
      .where(gt(event.block, block))
      .orderBy(desc(event.block), desc(event.place))
      .limit(PAGE)
    return found.reverse()
  }

  api.doc('/openapi.json', {
    openapi: '3.0.3',
    info: {
      title: 'Auspex',
      version: '1',
      description:
        'Read-only. Values are 1e18 fixed point, money token base units, both as decimal text; times unix seconds.',
    },
    servers: [{ url: '/api' }],
  })
  api.notFound((context) => context.json({ error: 'There is no such read' }, 404))
  return api
}

/** The columns of a table, to be chosen from. */
function columnsOf<table extends object>(from: table): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(from).filter(([name]) => name !== 'enableRLS' && !name.startsWith('_')),
  )
}

/** Numbers of the chain are wider than JSON's. */
function plain<value>(value: value): never {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}` : each)),
  ) as never
}
