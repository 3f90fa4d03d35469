import { createHistory } from './history.ts'
import type { History, Bar } from './history.ts'

/** Where observations come from. */
export interface DataSource {
  readonly name: string
  /** What was known at `now` (unix seconds), and not a bar more. */
  read(moment: { now: number; published?: number | undefined }): Promise<History>
}

/** A source whose whole history is on file. */
export interface RecordedSource extends DataSource {
  /** When each bar became known: the calendar for a replay, without any value in it. */
  readonly times: readonly number[]
}

/** Replays bars in memory behind the clock guard. */
export function createRecordedSource(record: {
  name: string
  bars: readonly Bar[]
}): RecordedSource {
  const { name } = record
  const bars = record.bars.map((bar) => Object.freeze({ ...bar }))

  return {
    name,
    times: bars.map((bar) => bar.time),
    read: async ({ now, published }) => createHistory({ bars, now, published }),
  }
}
