import type { Address, Hex, PublicClient, TransactionReceipt } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'

/** An embedded chain whose clock the bench moves, and which answers on loopback as well. */
export type Chain = {
  id: number
  /** Where a node of another process reaches it. */
  url: string
  public: PublicClient
  /** Unix seconds. Time stands still until it is moved. */
  now: () => bigint
  /** Mines one block at this time. */
  goTo: (time: bigint) => Promise<void>
  /** Mines blocks up to this time, one every so many seconds. */
  pass: (until: bigint, blockSeconds: bigint) => Promise<void>
  join: (key: Hex) => Promise<Member>
  /** What came in over loopback so far. */
  asked: () => Asked
  stop: () => Promise<void>
}

/** An account that signs by itself, inside this process. */
export type Member = {
  account: PrivateKeyAccount
  send: (transaction: { to?: Address; data: Hex }) => Promise<TransactionReceipt>
}

/** Calls to the chain by others, the transactions among them, and the gas of those. */
export type Asked = { calls: number; transactions: number; gas: number }
