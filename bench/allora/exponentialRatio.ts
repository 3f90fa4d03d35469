/** (1 + e^a) / (1 + e^b), without overflow on the way. */
export function exponentialRatio(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) throw new RangeError('not a number')

  return Math.exp(softplus(a) - softplus(b))
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}
