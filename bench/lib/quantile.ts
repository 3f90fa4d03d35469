/** Quantile by linear interpolation between order statistics (type 7). */
export function quantile({ values, share }: { values: readonly number[]; share: number }): number {
  const sorted = [...values].sort((a, b) => a - b)
  const position = share * (sorted.length - 1)
  const below = sorted[Math.floor(position)]
  const above = sorted[Math.ceil(position)]
  if (below === undefined || above === undefined) throw new RangeError('quantile of nothing')

  return below + (position - Math.floor(position)) * (above - below)
}
