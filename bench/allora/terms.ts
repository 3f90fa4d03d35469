/** Allora's defaults, as its simulator uses them. */
export const terms = {
  p: 3,
  c: 0.75,
  epsilon: 0.01,
  regretAlpha: 0.1,
  rewardAlpha: 0.1,
  entropyBeta: 0.25,
  reputerEpsilon: 0.01,
  scoreSamples: 10,
} as const

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
