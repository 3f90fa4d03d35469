import { median, quantile } from '../../lib/statistics.ts'

/** Milliseconds over repeats: the median and the distance between the quartiles. */
export type Timing = { median: number; spread: number; repeats: number }

export function timingOf(values: readonly number[]): Timing {
  const spread = quantile({ values, share: 0.75 }) - quantile({ values, share: 0.25 })

  return { median: median(values), spread, repeats: values.length }
}

/** How many milliseconds a call takes, with what it promised. */
export async function timed(run: () => unknown): Promise<number> {
  const start = performance.now()
  await run()

  return performance.now() - start
}

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
