/** Slow backends repeat less often, so that the whole ends. */
const LONGEST_MS = 30_000

/** Runs once to warm up and then the times asked for, or until that took too long. */
export async function repeat<T>({
  run,
  repeats,
}: {
  run: () => Promise<T>
  repeats: number
}): Promise<[T, ...T[]]> {
  const start = performance.now()
  await run()
  const results: [T, ...T[]] = [await run()]
  while (results.length < repeats && performance.now() - start < LONGEST_MS) {
    results.push(await run())
  }

  return results
}
