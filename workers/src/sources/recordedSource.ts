import type { Bar } from './bar.ts'
import type { DataSource } from './dataSource.ts'
import { createHistory } from './history.ts'

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
