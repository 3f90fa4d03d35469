/** The candidate that was least surprised so far; the first of equals. */
export function leastSurprised<T extends { surprise: number }>(candidates: readonly T[]): T {
  return candidates.reduce((least, each) => (each.surprise < least.surprise ? each : least))
}
