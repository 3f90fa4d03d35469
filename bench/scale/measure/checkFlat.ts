import { mean } from '../../lib/mean.ts'

export type Flatness = {
  /** Largest distance from the mean, as a share of it. */
  deviation: number
  tolerance: number
  holds: boolean
}

/** Whether a series stays where it is. */
export function checkFlat({
  values,
  tolerance,
}: {
  values: readonly number[]
  tolerance: number
}): Flatness {
  const middle = mean(values)
  const deviation = Math.max(...values.map((value) => Math.abs(value / middle - 1)))
  return { deviation, tolerance, holds: deviation <= tolerance }
}
