import type { Hex } from 'viem'
import type * as schema from './ponder.schema.ts'

export type TableName = 'topic' | 'round' | 'prediction' | 'worker' | 'movement' | 'event'

/** A row as it is read back. */
export type Row<name extends TableName> = (typeof schema)[name]['$inferSelect']

/** The columns that name a row. */
export type KeyOf<name extends TableName> = {
  topic: { id: Hex }
  round: { topic: Hex; round: number }
  prediction: { topic: Hex; round: number; worker: Hex }
  worker: { topic: Hex; worker: Hex }
  movement: { id: string }
  event: { id: string }
}[name]

/** Where the indexer writes: Ponder's store, or the demo's buffer. */
export type Tables = {
  find<name extends TableName>(table: name, key: KeyOf<name>): Promise<Row<name> | undefined>
  insert<name extends TableName>(table: name, row: Row<name>): Promise<void>
  update<name extends TableName>(
    table: name,
    key: KeyOf<name>,
    changes: Partial<Row<name>>,
  ): Promise<void>
  /** Those of one round, in the order of the reveals. */
  predictionsOf(topic: Hex, round: number): Promise<Row<'prediction'>[]>
}
