/** Arithmetic mean; zero of nothing. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) return 0

  return values.reduce((sum, value) => sum + value, 0) / values.length
}
