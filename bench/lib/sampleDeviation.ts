import { mean } from './mean.ts'

/** Standard deviation with n - 1; zero for fewer than two values. */
export function sampleDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0

  const centre = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0)

  return Math.sqrt(squares / (values.length - 1))
}
