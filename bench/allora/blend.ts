const LEAST_WEIGHT = 1e-7

/** Weighted mean of values, label by label. */
export function blend({
  values,
  weights,
}: {
  values: readonly (readonly number[])[]
  weights: readonly number[]
}): number[] {
  const total = Math.max(
    weights.reduce((sum, weight) => sum + weight, 0),
    LEAST_WEIGHT,
  )
  const labels = values[0]?.length ?? 0

  return Array.from({ length: labels }, (_, label) => {
    const sum = values.reduce((part, value, i) => part + (weights[i] ?? 0) * (value[label] ?? 0), 0)
    return sum / total
  })
}
