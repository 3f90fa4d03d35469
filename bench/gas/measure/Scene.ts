import type { TopicId, TopicParams } from '@auspex/sdk'
import type { Chain } from '../chain.ts'
import type { Mode } from './Mode.ts'

/** A funded topic whose every worker on the chain has a seat. */
export type Scene = { chain: Chain; topic: TopicId; params: TopicParams; mode: Mode }
