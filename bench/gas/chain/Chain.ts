import type { Address, Hex } from 'viem'
import type { AuspexClient } from '@auspex/sdk'
import type { Cost, Measured } from './Measured.ts'

/** An embedded chain with the network on it. Keys, addresses and times are the same in every run. */
export type Chain = {
  keeper: AuspexClient
  /** each signs and sends in its own name */
  workers: readonly AuspexClient[]
  /** a truth source over a feed that the bench writes */
  truth: Address
  /** makes a topic's AggregatorV3 views */
  factory: Address
  /** puts a contract of others on the chain, by the code that creates it; this is not counted */
  deploy: (creation: Hex) => Promise<Address>
  /** lets the feed tell a value for a past moment, and gives the proof of it */
  tell: (answer: { value: bigint; at: bigint }) => Promise<Hex>
  now: () => bigint
  /** the next transaction runs at this time */
  goTo: (time: bigint) => Promise<void>
  /** gas and calldata of all transactions that clients send while the work is done */
  measure: <Result>(work: () => Promise<Result>) => Promise<Measured<Result>>
  /** what work would cost that is undone afterwards */
  rehearse: (work: () => Promise<unknown>) => Promise<Cost>
  stop: () => Promise<void>
}
