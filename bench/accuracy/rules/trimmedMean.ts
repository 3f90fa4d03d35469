import { mean } from '../../lib/mean.ts'
import { ignore } from './ignore.ts'
import type { Rule } from './Rule.ts'

const TRIMMED = 0.2

/** The mean without the lowest and the highest fifth. */
export const trimmedMean: Rule = () => (entries) => {
  const sorted = entries.map(({ prediction }) => prediction).sort((a, b) => a - b)
  const cut = Math.floor(TRIMMED * sorted.length)

  return { value: mean(sorted.slice(cut, sorted.length - cut)), learn: ignore }
}
