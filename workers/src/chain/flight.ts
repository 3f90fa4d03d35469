import { NotMined } from './findMined.ts'
import type { Hex, LocalAccount, PublicClient, TransactionReceipt } from 'viem'
import type { Send, Transaction } from '@auspex/sdk'
import type { Log } from '../runtime/log.ts'
import type { Ceiling, CeilingOf } from './fees/fees.ts'
import type { Candidate, Slot, TransactionBook } from './transactionBook.ts'

export type QueueOptions = {
  publicClient: PublicClient
  account: LocalAccount
  chainId: number
  /** Where what is sent is written before; in memory where it is left out. */
  book?: TransactionBook
  /** Asks every node the same: a receipt that one does not have yet another may have. */
  askAll?: (method: string, params: unknown) => Promise<unknown[]>
  /**
   * For commands that move money: what an earlier run has sent is followed instead of sent again, also where it was mined
   * since, and what is not mined in time stays in the book for the next run.
   */
  once?: boolean
  /** Most transactions under way at once. Nodes keep sixteen of an account for sure. */
  inFlight?: number
  /** How long a transaction may wait before it is sent again with a higher fee. */
  resubmitAfterMs?: number
  /** How often what waits is broadcast again as it is: nodes forget. */
  rebroadcastMs?: number
  /** Every promise settles within this, mined or given up. */
  deadlineMs?: number
  pollMs?: number
  /** The most that a transaction may offer; half of 2^256 where it is left out. */
  ceilingOf?: CeilingOf
  onSent?: (sent: { attempts: number; fee: bigint }) => void
  log?: Log
}

export type TransactionQueue = {
  send: Send
  /** Waits until what earlier runs left in the book is mined; throws where it is not in time. */
  settleEarlier: () => Promise<void>
}

/** A nonce in use, in this process. */
export type Open = Slot & {
  candidates: Candidate[]
  /** Who waits for it; nobody where it was given up or left by an earlier life. */
  flight?: Flight | undefined
  resubmitAt: number
  rebroadcastAt: number
  /** Why it was last not taken, told once. */
  reason?: string
  /** When its fee was last raised, or was found to be at its ceiling. */
  raisedAt?: number
  /** Since when the account's count says that it is mined. */
  minedSince?: number | undefined
  /** Given up, nothing behind it: the next transaction takes the nonce over. */
  isVacant?: boolean
}

export type Flight = {
  transaction: Transaction
  content: Hex
  gas: bigint
  endsAt: number
  ceiling: Ceiling
  isCapped?: boolean
  done: (receipt: TransactionReceipt) => void
  fail: (error: unknown) => void
}

export function hashesOf({ candidates }: Open): Hex[] {
  return candidates.map(({ hash }) => hash)
}

/** Why a command waits no longer for what an earlier one sent. */
export function unresolved(hashes: readonly Hex[]): NotMined {
  return new NotMined(
    `A transaction of an earlier command is not settled yet (${hashes.join(', ')}). Nothing else was sent. Look at the node, and run the command again: it follows that transaction first.`,
  )
}
