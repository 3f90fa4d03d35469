import type { Address } from 'viem'

/** Their contracts on a chain of the bench. */
export type Api3 = {
  server: Address
  /** lets consumers read what goes by this name */
  reader: Address
  readerName: `0x${string}`
}
