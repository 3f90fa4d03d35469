/* Ponder calls these in the order of the chain, and undoes them itself where the chain is reorganised. */
import { ponder } from 'ponder:registry'
import schema from 'ponder:schema'
import { and, asc, eq } from 'drizzle-orm'
import { appliedEvents, applyEvent } from '../applyEvent.ts'
import type { Tables } from '../tables.ts'

type Store = {
  find(table: unknown, key: unknown): Promise<unknown>
  insert(table: unknown): { values(row: unknown): Promise<unknown> }
  update(table: unknown, key: unknown): { set(row: unknown): Promise<unknown> }
  sql: {
    select(): {
      from(table: unknown): {
        where(condition: unknown): { orderBy(order: unknown): Promise<unknown> }
      }
    }
  }
}

/** An event as Ponder passes it on. */
export type Indexed = {
  event: {
    args: Record<string, unknown>
    block: { number: bigint; timestamp: bigint }
    transaction: { hash: `0x${string}` }
    log: { logIndex: number }
  }
  context: { db: Store }
}

for (const name of appliedEvents()) {
  ponder.on(`TopicNetwork:${name}`, async ({ event, context }) => {
    await applyEvent(tablesOf(context.db), {
      name,
      args: event.args,
      block: Number(event.block.number),
      at: Number(event.block.timestamp),
      transaction: event.transaction.hash,
      place: event.log.logIndex,
    })
  })
}

function tablesOf(store: Store): Tables {
  return {
    find: async (table, key) => ((await store.find(schema[table], key)) ?? undefined) as never,
    insert: async (table, row) => {
      await store.insert(schema[table]).values(row)
    },
    update: async (table, key, changes) => {
      await store.update(schema[table], key).set(changes)
    },
    async predictionsOf(topic, round) {
      const { prediction } = schema
      const own = and(eq(prediction.topic, topic), eq(prediction.round, round))
      const rows = await store.sql
        .select()
        .from(prediction)
        .where(own)
        .orderBy(asc(prediction.place))
      return rows as never
    },
  }
}
