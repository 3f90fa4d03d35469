import { formatUnits, parseUnits } from 'viem'

/** Numbers in few bits: `mantissa << 8 | exponent`, standing for `mantissa << exponent`. Twin of Float.sol. */

const UINT256_MAX = 2n ** 256n - 1n

/** Packs `x`, rounding down. */
export function packDown(x: bigint, mantissaBits: bigint): bigint {
  const exponent = exponentOf(x, mantissaBits)

  return ((x >> exponent) << 8n) | exponent
}

/** Packs `x`, rounding up; what would round beyond 256 bits becomes the largest float instead. */
export function packUp(x: bigint, mantissaBits: bigint): bigint {
  const lost = (1n << exponentOf(x, mantissaBits)) - 1n

  return packDown(min(x + lost, UINT256_MAX), mantissaBits)
}

/** The number a float stands for. */
export function unpack(packed: bigint): bigint {
  return BigInt.asUintN(256, (packed >> 8n) << (packed & 0xffn))
}

/** Packs `x`, rounding toward zero. A negative number is its positive float, negated as a whole. */
export function packSigned(x: bigint, mantissaBits: bigint): bigint {
  return withSign(packDown(abs(x), mantissaBits), x < 0n)
}

/** The number a signed float stands for. */
export function unpackSigned(packed: bigint): bigint {
  return withSign(unpack(abs(packed)), packed < 0n)
}

function exponentOf(x: bigint, mantissaBits: bigint): bigint {
  const exponent = BigInt(bitLength(x)) - mantissaBits

  return exponent > 0n ? exponent : 0n
}

function withSign(magnitude: bigint, negative: boolean): bigint {
  return BigInt.asIntN(256, negative ? -magnitude : magnitude)
}

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

/* Doubles and the chain's fixed point of eighteen decimals. */

/** The double nearest to a value of the chain. */
export function fromFixed18(value: bigint): number {
  return Number(formatUnits(value, 18))
}

/** A forecast as the chain counts: whole units of 1e-18, the nearest to the double's exact value. */
export function toFixed18(value: number): bigint {
  if (!(Math.abs(value) < 1e21)) throw new RangeError(`${value} is no value for a prediction`)
  return parseUnits(value.toFixed(18), 18)
}
