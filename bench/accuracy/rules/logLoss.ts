/** Errors below a billionth are all alike, so that no single lucky hit rules a topic. */
const SMALLEST = 1e-18

/** The loss Allora's topics learn from: the decimal logarithm of the squared error. */
export function logLoss(error: number): number {
  return Math.log10(Math.max(error ** 2, SMALLEST))
}
