/** Round values within a range, about as many as asked for. */
export function ticksOf({
  range: [low, high],
  count,
}: {
  range: readonly [number, number]
  count: number
}): number[] {
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1)
  const first = Math.ceil(low / step)
  const last = Math.floor(high / step)

  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => (first + i) * step)
}
