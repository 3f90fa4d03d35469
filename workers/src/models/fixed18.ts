import { formatUnits, parseUnits } from 'viem'

/** The double nearest to a value of the chain. */
export function fromFixed18(value: bigint): number {
  return Number(formatUnits(value, 18))
}

const DECIMALS = 18
const LIMIT = 1e21

/** A forecast as the chain counts: whole units of 1e-18, the nearest to the double's exact value. */
export function toFixed18(value: number): bigint {
  if (!(Math.abs(value) < LIMIT)) throw new RangeError(`${value} is no value for a prediction`)
  return parseUnits(value.toFixed(DECIMALS), DECIMALS)
}
