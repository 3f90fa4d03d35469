export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length
}

export function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, i) => sum + value * right[i]!, 0)
}

const LEAST = 0.1

/** A volatility that can be divided by and has a logarithm: a day without a range counts as 0.1 %. */
export function positive(volatility: number): number {
  return Math.max(LEAST, volatility)
}

/** Where a column of numbers lies and how far it spreads. */
export interface Scale {
  centre: number
  spread: number
}

export function scaleOf(values: number[]): Scale {
  const centre = mean(values)
  const spread = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)))
  return { centre, spread: spread > 0 ? spread : 1 }
}

/** A row in units of each column's spread about its centre. */
export function standardise(row: number[], scales: Scale[]): number[] {
  return row.map((value, i) => (value - scales[i]!.centre) / scales[i]!.spread)
}

/** The candidate that was least surprised so far; the first of equals. */
export function leastSurprised<T extends { surprise: number }>(candidates: readonly T[]): T {
  return candidates.reduce((least, each) => (each.surprise < least.surprise ? each : least))
}
