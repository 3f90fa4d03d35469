import { median } from '../lib/median.ts'

const NORMAL = 1.4826

/** The current rule's common scale: the median absolute deviation, as of a normal distribution. */
export function regretScale({
  regrets,
  epsilon,
}: {
  regrets: readonly number[]
  epsilon: number
}): number {
  const centre = median(regrets)

  return NORMAL * median(regrets.map((regret) => Math.abs(regret - centre))) + epsilon
}
