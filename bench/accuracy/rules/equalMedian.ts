import { median } from '../../lib/median.ts'
import { ignore } from './ignore.ts'
import type { Rule } from './Rule.ts'

export const equalMedian: Rule = () => (entries) => ({
  value: median(entries.map(({ prediction }) => prediction)),
  learn: ignore,
})
