/** A few sizes up to the largest, each so many times the one before; the largest is always the last. */
export function sizesUpTo({
  largest,
  times,
  count,
}: {
  largest: number
  times: number
  count: number
}): number[] {
  const sizes = Array.from({ length: count }, (_, i) => largest / times ** (count - 1 - i))
  return [...new Set(sizes.map(Math.floor))].filter((size) => size >= 1)
}
