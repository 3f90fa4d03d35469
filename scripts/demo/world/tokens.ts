import { parseEther } from 'viem'

/** Whole tokens in base units. */
export function tokens(whole: number): bigint {
  return parseEther(String(whole))
}
