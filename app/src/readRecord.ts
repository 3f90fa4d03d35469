import { asc, eq } from 'drizzle-orm'
import { recordOf } from '../../sdk/src/index.ts'
import type { RecordedEvent, TopicRecord } from '../../sdk/src/index.ts'
import { readArgs } from '../indexer/argsText.ts'
import type { Source } from './source.ts'

/** A topic's record out of the events in the tables: the same as from the chain itself. */
export async function readRecord({
  db,
  schema: { event },
  topic,
}: Source & { topic: string }): Promise<TopicRecord | undefined> {
  const rows: (typeof event.$inferSelect)[] = await db
    .select()
    .from(event)
    .where(eq(event.topic, topic as never))
    .orderBy(asc(event.block), asc(event.place))
  const events = rows.map(({ name, args, block, place, at }): RecordedEvent => ({
    ...{ name, args: readArgs<RecordedEvent['args']>(args), place },
    ...{ block: BigInt(block), at: BigInt(at) },
  }))
  return recordOf({ topic: topic as never, events })
}
