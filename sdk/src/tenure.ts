/* Twin of contracts/types/Tenure.sol: an era (11 bits), and how many rounds were settled in it (5 bits). */

export type Tenure = { era: bigint; count: bigint }

/** Takes a tenure apart. */
export function unpackTenure(tenure: bigint): Tenure {
  return { era: tenure >> 5n, count: tenure & 31n }
}
