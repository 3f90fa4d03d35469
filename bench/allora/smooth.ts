/** One step of an exponential moving average. */
export function smooth({
  before,
  now,
  alpha,
}: {
  before: number
  now: number
  alpha: number
}): number {
  return alpha * now + (1 - alpha) * before
}
