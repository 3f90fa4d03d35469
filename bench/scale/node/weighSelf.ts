import type { Weight } from './messages.ts'

/** What this process weighs; it must have been started with `--expose-gc`. */
export function weighSelf(): Weight {
  if (globalThis.gc === undefined) throw new Error('Start this process with --expose-gc')
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, rss } = process.memoryUsage()
  return { heap: heapUsed, resident: rss, peak: process.resourceUsage().maxRSS * 1024 }
}
