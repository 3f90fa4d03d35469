import type { SeatsResult } from '../measure/measureSeats.ts'
import type { TopicsResult } from '../measure/measureTopics.ts'
import type { Options } from '../readOptions.ts'

/** All that was measured, and on what. */
export type Report = {
  options: Options
  machine: { cores: number; node: string }
  seconds: number
  seats: SeatsResult
  topics: TopicsResult
  /** Cost is linear in workers, a topic costs no more among many, and the reputer caught up. */
  holds: boolean
}
