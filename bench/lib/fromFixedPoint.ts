/** A fixed-point number with 18 decimals as a float. */
export function fromFixedPoint(value: bigint): number {
  return Number(value) / 1e18
}
