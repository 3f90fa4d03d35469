/** A number in the network's fixed point, 18 decimals. */
export function toFixedPoint(value: number): bigint {
  return BigInt(Math.round(value * 1e18))
}

/** A fixed-point number with 18 decimals as a float. */
export function fromFixedPoint(value: bigint): number {
  return Number(value) / 1e18
}
