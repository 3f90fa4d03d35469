import { formatUnits } from 'viem'

/** The double nearest to a value of the chain. */
export function fromFixed18(value: bigint): number {
  return Number(formatUnits(value, 18))
}
