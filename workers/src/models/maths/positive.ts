const LEAST = 0.1

/** A volatility that can be divided by and has a logarithm: a day without a range counts as 0.1 %. */
export function positive(volatility: number): number {
  return Math.max(LEAST, volatility)
}
