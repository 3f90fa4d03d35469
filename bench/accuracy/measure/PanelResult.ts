import type { Panel } from '../panel/Panel.ts'
import type { TopicResult } from './TopicResult.ts'

/** A panel and what every rule made of its topics. */
export type PanelResult = { panel: Panel; results: readonly TopicResult[] }
