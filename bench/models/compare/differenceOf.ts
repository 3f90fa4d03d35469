import { mean } from '../../lib/mean.ts'

/**
 * The largest difference between two backends' predictions, relative to the typical size (root mean
 * square) of cpu's; infinite where one of them is no number.
 */
export function differenceOf({
  predictions,
  cpu,
}: {
  predictions: readonly number[]
  cpu: readonly number[]
}): number {
  const size = Math.sqrt(mean(cpu.map((value) => value * value)))
  const differences = cpu.map((value, i) => Math.abs(value - (predictions[i] ?? NaN)) / size)

  return differences.every(Number.isFinite) ? Math.max(...differences) : Infinity
}
