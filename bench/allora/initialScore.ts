import { sampleDeviation } from '../lib/sampleDeviation.ts'

/** Where a newcomer's moving score starts: clearly below everybody active. */
export function initialScore({
  scores,
  lambda = 2,
}: {
  scores: readonly number[]
  lambda?: number
}): number {
  return Math.min(...scores) - lambda * sampleDeviation(scores)
}
