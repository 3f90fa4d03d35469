import type * as tables from '../indexer/ponder.schema.ts'

/** The part of a drizzle database that is read here. */
export type Database = {
  // Ponder's read-only database and the demo's differ in their type parameters alone.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  select(fields?: any): any
}

/** Where the reads come from. */
export type Source = {
  db: Database
  schema: typeof tables
}
