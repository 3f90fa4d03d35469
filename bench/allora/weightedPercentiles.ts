import { at } from '../lib/checks.ts'

/** Percentiles at -2, -1, 0, 1 and 2 deviations of a normal distribution. */
const SIGMA_PERCENTILES = [2.28, 15.87, 50, 84.13, 97.72] as const

/** Percentiles of weighted values: each stands in the middle of its weight, linear in between. */
export function weightedPercentiles({
  values,
  weights,
  percentiles = SIGMA_PERCENTILES,
}: {
  values: readonly number[]
  weights: readonly number[]
  percentiles?: readonly number[]
}): number[] {
  const order = values.map((_, i) => i).sort((a, b) => at(values, a) - at(values, b))
  const sorted = order.map((i) => at(values, i))
  const total = weights.reduce((sum, weight) => sum + weight, 0)

  let seen = 0
  const places = order.map((i) => {
    seen += at(weights, i)
    return (seen - at(weights, i) / 2) / total
  })

  return percentiles.map((percentile) => {
    const share = percentile / 100
    const above = places.findIndex((place) => place >= share)
    if (above === 0) return at(sorted, 0)
    if (above === -1) return at(sorted, sorted.length - 1)

    const [left, right] = [at(places, above - 1), at(places, above)]
    const [low, high] = [at(sorted, above - 1), at(sorted, above)]
    return low + ((share - left) / (right - left)) * (high - low)
  })
}
