export type Growth = {
  /** The most by which a value lies above an earlier one, as a share of that; below zero where all fall. */
  growth: number
  tolerance: number
  holds: boolean
}

/** Whether a series never rises. It may fall: topics share what a transaction costs by itself. */
export function checkGrowth({
  values,
  tolerance,
}: {
  values: readonly number[]
  tolerance: number
}): Growth {
  let [least = 0] = values
  let growth = values.length > 1 ? -Infinity : 0
  for (const value of values.slice(1)) {
    growth = Math.max(growth, value / least - 1)
    least = Math.min(least, value)
  }
  return { growth, tolerance, holds: growth <= tolerance }
}
