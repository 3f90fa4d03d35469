/** Most keys that are remembered; the one that was heard least recently goes for a new one. */
const MOST_KEYS = 100_000

/** Counts requests of each key in windows of time. Tells whether one more is within the limit. */
export function rateLimit(options: {
  most: number
  windowMs: number
  mostKeys?: number
  now?: () => number
}): (key: string) => boolean {
  const { most, windowMs, mostKeys = MOST_KEYS, now = Date.now } = options
  /** In the order in which they were last heard. */
  const counts = new Map<string, number>()
  let endsAt = 0

  return (key) => {
    if (now() >= endsAt) {
      counts.clear()
      endsAt = now() + windowMs
    }
    const count = (counts.get(key) ?? 0) + 1
    counts.delete(key)
    counts.set(key, count)
    if (counts.size > mostKeys) counts.delete(counts.keys().next().value!)
    return count <= most
  }
}
