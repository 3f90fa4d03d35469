import { draw } from './draw.ts'

/** 99 to 101 in the feed's eight decimals. */
const LEAST = 99_00000000n
const SPAN = 2_00000000n

/** What the feed says at a round's target time. */
export function truthOf(round: bigint): bigint {
  return LEAST + draw({ label: `truth of round ${round}`, limit: SPAN })
}
