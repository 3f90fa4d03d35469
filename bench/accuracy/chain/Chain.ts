import type { Address } from 'viem'
import type { AuspexClient } from '@auspex/sdk'

/** An embedded chain with the network on it, whose clock the bench moves. */
export type Chain = {
  /** owns every position and sends every transaction */
  keeper: AuspexClient
  /** a truth source over a feed that the bench writes */
  truth: Address
  /** lets a feed tell a value for a moment in the past, and gives the proof of it */
  tell: (answer: { value: bigint; at: bigint }) => Promise<`0x${string}`>
  now: () => Promise<bigint>
  /** the next transaction runs at this time or, where that has passed, at once */
  goTo: (time: bigint) => Promise<void>
  stop: () => Promise<void>
}
