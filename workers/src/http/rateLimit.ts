/** Most addresses that are remembered; beyond it a new one is treated as over its limit. */
const MOST_KEYS = 100_000

/** Counts requests of each key in windows of time. Tells whether one more is within the limit. */
export function rateLimit(options: {
  most: number
  windowMs: number
  now?: () => number
}): (key: string) => boolean {
  const { most, windowMs, now = Date.now } = options
  const counts = new Map<string, number>()
  let endsAt = 0

  return (key) => {
    if (now() >= endsAt) {
      counts.clear()
      endsAt = now() + windowMs
    }
    const count = (counts.get(key) ?? 0) + 1
    if (count === 1 && counts.size >= MOST_KEYS) return false
    counts.set(key, count)
    return count <= most
  }
}
