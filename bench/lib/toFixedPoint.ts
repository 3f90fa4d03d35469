/** A number in the network's fixed point, 18 decimals. */
export function toFixedPoint(value: number): bigint {
  return BigInt(Math.round(value * 1e18))
}
