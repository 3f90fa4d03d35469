/*
 * The same tables without Ponder: an embedded PostgreSQL in this process, for a chain that nobody reorganises and that
 * plays faster than Ponder follows (docs/decisions/0014). Rows are kept in memory while they change and written together.
 */
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { getTableConfig } from 'drizzle-orm/pg-core'
import type { PgTable } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import * as schema from '../indexer/ponder.schema.ts'
import type { Row, TableName, Tables } from '../indexer/tables.ts'
import type { Source } from './source.ts'

const names: readonly TableName[] = ['topic', 'round', 'prediction', 'worker', 'movement', 'event']
/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const BATCH = 1000

/** Tables to write to, a database to read from, and the step between the two. */
export type Store = Source & {
  tables: Tables
  /** Writes what has changed since the last time, in one transaction. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** Opens an empty store in memory. */
export async function openStore(): Promise<Store> {
  const client = await PGlite.create()
  const db = drizzle({ client })
  for (const name of names) await db.execute(sql.raw(creationOf(schema[name] as never)))

  const rows = new Map<TableName, Map<string, object>>(names.map((name) => [name, new Map()]))
  const changed = new Map<TableName, Set<string>>(names.map((name) => [name, new Set()]))
  const predictions = new Map<string, Row<'prediction'>[]>()

  function put(table: TableName, key: string, row: object): void {
    rows.get(table)!.set(key, row)
    changed.get(table)!.add(key)
  }

  const tables: Tables = {
    find: async (table, key) => rows.get(table)!.get(keyOf(key)) as never,
    async insert(table, row) {
      const key = keyOf(pick(row, keyColumns[table]))
      put(table, key, row)
      if (table !== 'prediction') return
      const { topic, round } = row as Row<'prediction'>
      const list = `${topic}|${round}`
      predictions.set(list, [...(predictions.get(list) ?? []), row as Row<'prediction'>])
    },
    async update(table, key, changes) {
      const row = rows.get(table)!.get(keyOf(key))
      if (!row) throw new Error(`The ${table} ${keyOf(key)} is not in the store`)
      put(table, keyOf(key), Object.assign(row, changes))
    },
    predictionsOf: async (topic, round) => predictions.get(`${topic}|${round}`) ?? [],
  }

  async function flush(): Promise<void> {
    await db.transaction(async (transaction) => {
      for (const name of names) {
        const keys = [...changed.get(name)!]
        for (let i = 0; i < keys.length; i += BATCH) {
          const batch = keys.slice(i, i + BATCH).map((key) => rows.get(name)!.get(key)!)
          const table = schema[name] as never as PgTable
          await transaction
            .insert(table)
            .values(batch as never)
            .onConflictDoUpdate({ target: targetOf(table) as never, set: setOf(table) as never })
        }
      }
    })
    // Only what is committed: a write that failed is made again with the next.
    for (const keys of changed.values()) keys.clear()
  }

  return { db: db as never, schema, tables, flush, close: () => client.close() }
}

const keyColumns: Record<TableName, readonly string[]> = {
  topic: ['id'],
  round: ['topic', 'round'],
  prediction: ['topic', 'round', 'worker'],
  worker: ['topic', 'worker'],
  movement: ['id'],
  event: ['id'],
}

function pick(row: object, columns: readonly string[]): object {
  return Object.fromEntries(columns.map((name) => [name, (row as Record<string, unknown>)[name]]))
}

function keyOf(key: object): string {
  return Object.values(key).join('|')
}

/** Ponder makes its tables itself; here they are made from the same schema. */
function creationOf(table: PgTable): string {
  const { name, columns, primaryKeys } = getTableConfig(table)
  const own = columns.map((column) => {
    const rules = `${column.notNull ? ' not null' : ''}${column.primary ? ' primary key' : ''}`
    return `"${column.name}" ${column.getSQLType()}${rules}`
  })
  const keys = primaryKeys.map(
    (key) => `primary key (${key.columns.map((column) => `"${column.name}"`).join(', ')})`,
  )
  return `create table "${name}" (${[...own, ...keys].join(', ')})`
}

function targetOf(table: PgTable): unknown[] {
  const { columns, primaryKeys } = getTableConfig(table)
  return primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary)
}

function setOf(table: PgTable): Record<string, unknown> {
  const { columns } = getTableConfig(table)
  const nameOf = new Map(
    Object.entries(table).map(([key, column]) => [(column as { name?: string })?.name, key]),
  )
  return Object.fromEntries(
    columns.map(({ name }) => [nameOf.get(name)!, sql.raw(`excluded."${name}"`)]),
  )
}
