import type { TopicId, TopicParams } from '@auspex/sdk'
import type { World } from './World.ts'

/** Topics that run in step: their terms differ in the description alone, and the same workers sit in all of them. */
export type Scene = {
  world: World
  topics: readonly TopicId[]
  seats: number
  /** No round of these topics is older than this block. */
  fromBlock: bigint
  /** The terms of one of them. */
  params: TopicParams
}
