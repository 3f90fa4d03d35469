import PQueue from 'p-queue'
import { formatEther, keccak256, TransactionReceiptNotFoundError } from 'viem'
import type { Hex, LocalAccount, PublicClient, TransactionReceipt } from 'viem'
import type { Send, Transaction } from '@auspex/sdk'
import type { Log } from './log.ts'
import { NotMined } from './notMined.ts'
import { OperatorError } from './operatorError.ts'
import { silent } from './silent.ts'
import { sleep } from './sleep.ts'

export type QueueOptions = {
  publicClient: PublicClient
  account: LocalAccount
  chainId: number
  /** Most transactions under way at once. Nodes keep sixteen of an account for sure. */
  inFlight?: number
  /** How long a transaction may wait before it is sent again with a higher fee. */
  resubmitAfterMs?: number
  /** Everything settles within this, mined or given up. */
  deadlineMs?: number
  pollMs?: number
  /** Most a unit of gas may cost, wei. */
  maxFeePerGas?: bigint
  onSent?: (sent: { attempts: number; fee: bigint }) => void
  log?: Log
}

/** One nonce and everything that was sent for it. */
type Attempt = {
  nonce: number
  gas: bigint
  fees: Fees
  raw: Hex
  hashes: readonly Hex[]
  /** Whether a node has taken the last of them. */
  isSent: boolean
}
type Fees = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }

/** What became of an attempt by now. */
type Found = { status: 'mined'; receipt: TransactionReceipt } | { status: 'taken' | 'unknown' }

/** The most that a transaction may take (EIP-7825). */
const MOST_GAS = 2n ** 24n
const TRANSFER_GAS = 21_000n

/** Nodes refuse a replacement that pays less than a tenth more. */
const bumped = (fee: bigint) => (fee * 115n) / 100n + 1n

/**
 * Sends an account's transactions, several under way at once, each with the nonce after the one before. Each promise
 * settles: with the receipt, or with a reason within the deadline. A send that failed on the way is not taken for one that
 * failed: its hash is looked up. A transaction that is given up holds up none that were sent after it.
 */
export function transactionQueue(options: QueueOptions): Send {
  const { publicClient, account, chainId, log = silent, onSent } = options
  const { inFlight = 8, resubmitAfterMs = 20_000, deadlineMs = 120_000, pollMs = 250 } = options
  const cap = options.maxFeePerGas ?? 500n * 10n ** 9n
  const queue = new PQueue({ concurrency: inFlight })
  /** Nonces are given out one by one, in the order in which they leave. */
  const runway = new PQueue({ concurrency: 1 })
  /** Nonces that are given out and not known to be mined. */
  const flying = new Set<number>()
  const { address } = account

  async function send(transaction: Transaction): Promise<TransactionReceipt> {
    const endsAt = Date.now() + deadlineMs
    const gas = transaction.gas ?? (await estimate(transaction))
    let attempt = await takeOff(transaction, gas, endsAt)
    let resubmitAt = Date.now() + resubmitAfterMs
    try {
      for (;;) {
        const found = await lookUp(attempt)
        if (found.status === 'mined') return landed(attempt, found.receipt)
        if (Date.now() >= endsAt) throw giveUp(attempt)
        if (found.status === 'taken') {
          log.warn({ nonce: attempt.nonce, hashes: attempt.hashes }, 'nonce.taken')
          flying.delete(attempt.nonce)
          attempt = await takeOff(transaction, gas, endsAt)
        } else if (Date.now() >= resubmitAt) {
          attempt = await broadcast(await replace(attempt, transaction))
          resubmitAt = Date.now() + resubmitAfterMs
        } else if (!attempt.isSent) {
          attempt = await broadcast(attempt)
        }
        await sleep(pollMs)
      }
    } catch (error) {
      vacate(attempt)
      throw error
    }
  }

  function landed({ nonce, hashes }: Attempt, receipt: TransactionReceipt): TransactionReceipt {
    flying.delete(nonce)
    onSent?.({ attempts: hashes.length, fee: receipt.gasUsed * receipt.effectiveGasPrice })
    return receipt
  }

  async function estimate(transaction: Transaction): Promise<bigint> {
    const gas = await publicClient.estimateGas({ account: address, ...transaction })
    const ample = (gas * 12n) / 10n
    return ample > MOST_GAS && gas <= MOST_GAS ? MOST_GAS : ample
  }

  /* TAKE OFF */

  function takeOff(transaction: Transaction, gas: bigint, endsAt: number): Promise<Attempt> {
    return runway.add(async () => {
      if (flying.size === 0) await settleEarlier(endsAt)
      const { maxFeePerGas, maxPriorityFeePerGas } = await publicClient.estimateFeesPerGas()
      const fees = capped({ maxFeePerGas, maxPriorityFeePerGas })
      const mined = await publicClient.getTransactionCount({ address })
      const nonce = Math.max(mined, ...[...flying].map((before) => before + 1))
      flying.add(nonce)
      try {
        return await broadcast(await sign({ nonce, gas, fees, hashes: [] }, transaction))
      } catch (error) {
        flying.delete(nonce)
        throw error
      }
    })
  }

  /** What an earlier life of this node sent gets a chance to be mined before its nonce is used for something else. */
  async function settleEarlier(endsAt: number): Promise<void> {
    const until = Math.min(Date.now() + resubmitAfterMs, endsAt)
    while (Date.now() < until) {
      const [mined, pending] = await Promise.all([
        publicClient.getTransactionCount({ address }),
        publicClient.getTransactionCount({ address, blockTag: 'pending' }),
      ])
      if (pending <= mined) return
      log.debug({ mined, pending }, 'transactions.pending')
      await sleep(pollMs)
    }
  }

  async function sign(
    { nonce, gas, fees, hashes }: Pick<Attempt, 'nonce' | 'gas' | 'fees' | 'hashes'>,
    { to, data }: Transaction,
  ): Promise<Attempt> {
    const call = { chainId, to, data, nonce, gas, ...fees, type: 'eip1559' } as const
    const raw = await account.signTransaction(call)
    // The hash is known before anything is sent, so whatever the answer is, it can be looked up.
    return { nonce, gas, fees, raw, hashes: [...hashes, keccak256(raw)], isSent: false }
  }

  /** Sends the last that was signed. An error leaves open what became of it, unless it says that it can never be taken. */
  async function broadcast(attempt: Attempt): Promise<Attempt> {
    const { raw, nonce } = attempt
    try {
      await publicClient.sendRawTransaction({ serializedTransaction: raw })
      return { ...attempt, isSent: true }
    } catch (error) {
      const reason = detailsOf(error)
      // While others are under way the account must be able to pay for all of them at once.
      if (/insufficient funds/i.test(reason) && flying.size <= 1) throw tooPoor(attempt, error)
      const isSent = /already known|already imported|known transaction/i.test(reason)
      if (!isSent) log.warn({ nonce, reason }, 'transaction.unknown')
      return { ...attempt, isSent }
    }
  }

  function tooPoor({ gas, fees }: Attempt, cause: unknown): OperatorError {
    const most = formatEther(gas * fees.maxFeePerGas)
    return new OperatorError(
      'error',
      `${address} has too little coin: its next transaction may cost up to ${most}. Send it some and try again; nothing was sent.`,
      cause,
    )
  }

  /* FOLLOW */

  async function lookUp({ nonce, hashes }: Attempt): Promise<Found> {
    if ((await minedCount()) <= nonce) return { status: 'unknown' }
    for (const hash of hashes) {
      try {
        return { status: 'mined', receipt: await publicClient.getTransactionReceipt({ hash }) }
      } catch (error) {
        if (error instanceof TransactionReceiptNotFoundError) continue
        log.debug({ hash, reason: detailsOf(error) }, 'receipt.unknown')
        return { status: 'unknown' }
      }
    }
    // The nonce went to a transaction that is none of ours.
    return { status: 'taken' }
  }

  let asked: Promise<number> | undefined

  /** Those under way ask together. */
  function minedCount(): Promise<number> {
    asked ??= publicClient
      .getTransactionCount({ address })
      .catch(() => 0)
      .finally(() => {
        asked = undefined
      })
    return asked
  }

  async function replace(attempt: Attempt, transaction: Transaction): Promise<Attempt> {
    const fees = higher(attempt.fees)
    if (fees.maxFeePerGas === attempt.fees.maxFeePerGas) return attempt
    log.warn({ nonce: attempt.nonce, ...fees }, 'transaction.replaced')
    return sign({ ...attempt, fees }, transaction)
  }

  function higher({ maxFeePerGas, maxPriorityFeePerGas }: Fees): Fees {
    return capped({
      maxFeePerGas: bumped(maxFeePerGas),
      maxPriorityFeePerGas: bumped(maxPriorityFeePerGas),
    })
  }

  function capped({ maxFeePerGas, maxPriorityFeePerGas }: Fees): Fees {
    const most = maxFeePerGas < cap ? maxFeePerGas : cap
    return {
      maxFeePerGas: most,
      maxPriorityFeePerGas: maxPriorityFeePerGas < most ? maxPriorityFeePerGas : most,
    }
  }

  /* GIVE UP */

  function giveUp({ nonce, hashes, fees }: Attempt): NotMined {
    log.error({ nonce, hashes, ...fees }, 'transaction.abandoned')
    return new NotMined(
      `No transaction of nonce ${nonce} was mined in ${deadlineMs / 1000} s (${hashes.length} sent, the last at ${fees.maxFeePerGas} wei). Look at the node and the fees; the next transaction takes the nonce over.`,
    )
  }

  function isFollowed(nonce: number): boolean {
    return [...flying].some((other) => other > nonce)
  }

  /** The next transaction takes the nonce over; where others fly behind it, they wait for no next one. */
  function vacate(attempt: Attempt): void {
    if (!isFollowed(attempt.nonce)) {
      flying.delete(attempt.nonce)
      return
    }
    fill(attempt).catch((error: Error) => {
      flying.delete(attempt.nonce)
      log.error({ nonce: attempt.nonce, reason: detailsOf(error) }, 'nonce.vacant')
    })
  }

  /** Something that does nothing takes a nonce, as long as others fly behind it. */
  async function fill({ nonce, fees }: Attempt): Promise<void> {
    const nothing = { to: address, data: '0x' } as const
    const empty = { nonce, gas: TRANSFER_GAS, fees: higher(fees), hashes: [] }
    let attempt = await broadcast(await sign(empty, nothing))
    let resubmitAt = Date.now() + resubmitAfterMs
    log.warn({ nonce }, 'nonce.filled')
    while (isFollowed(nonce) && (await minedCount()) <= nonce) {
      if (Date.now() >= resubmitAt) {
        attempt = await broadcast(await replace(attempt, nothing))
        resubmitAt = Date.now() + resubmitAfterMs
      } else if (!attempt.isSent) {
        attempt = await broadcast(attempt)
      }
      await sleep(pollMs)
    }
    flying.delete(nonce)
  }

  return (transaction) => queue.add(() => send(transaction))
}

function detailsOf(error: unknown): string {
  const { details, message } = error as Error & { details?: string }
  return details ?? message
}
