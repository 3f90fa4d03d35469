/** Integer helpers shared by the twins. Division of bigints truncates toward zero, as in Solidity. */

export function abs(x: bigint): bigint {
  return x < 0n ? -x : x
}

export function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

export function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

export function clamp(x: bigint, low: bigint, high: bigint): bigint {
  return max(low, min(high, x))
}

export function clampTo(x: bigint, bound: bigint): bigint {
  return clamp(x, -bound, bound)
}

export function sum(xs: readonly bigint[]): bigint {
  return xs.reduce((total, x) => total + x, 0n)
}

/** Largest integer whose square is at most `x`. */
export function sqrt(x: bigint): bigint {
  if (x < 2n) return x

  let root = 1n << BigInt((bitLength(x) + 1) >> 1)
  for (;;) {
    const next = (root + x / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

export function bitLength(x: bigint): number {
  return x === 0n ? 0 : x.toString(2).length
}
