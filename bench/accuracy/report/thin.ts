/** Every so many elements, the last one included, so that a chart stays light. */
export function thin<T>({ list, most }: { list: readonly T[]; most: number }): T[] {
  const step = Math.max(Math.ceil(list.length / most), 1)

  return list.filter((_, i) => i % step === 0 || i === list.length - 1)
}
