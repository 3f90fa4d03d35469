import type { Shares } from '../ours/Engine.ts'
import type { Topic } from '../panel/Panel.ts'
import type { RuleName } from '../rules/RuleName.ts'

/** What every rule lost in a topic, round by round, and how ours was bounded. */
export type TopicResult = {
  topic: Topic
  /** squared errors */
  losses: Readonly<Record<RuleName, readonly number[]>>
  /** full widths of our interval and whether it held the truth; undefined where none was promised */
  intervals: readonly ({ width: number; held: boolean } | undefined)[]
  shares: readonly Shares[]
}
